package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.store.DashboardStore.Dashboard;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardStoreTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String ACCOUNT = "000000000000";
    private static final String OTHER_ACCOUNT = "111111111111";
    private static final String ARN = "arn:aws:cloudwatch::000000000000:dashboard/shop";

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("monitor.db"), InstantSource.system());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private DashboardStore reopened() {
        close();
        open();
        return new DashboardStore(database);
    }

    @Test
    void aDashboardIsKeptToTheLetterAndReplacedByOneOfTheSameName() {
        DashboardStore store = new DashboardStore(database);
        store.put(ACCOUNT, "shop", "{ \"widgets\": [] }", TIME);
        store.put(ACCOUNT, "shop", "{\"widgets\":[], \"ü\":1}", TIME.plusSeconds(1));
        assertThat(reopened().get(ACCOUNT, "shop"))
                .contains(new Dashboard("shop", "{\"widgets\":[], \"ü\":1}", TIME.plusSeconds(1)));
        assertThat(new DashboardStore(database).get(OTHER_ACCOUNT, "shop")).isEmpty();
    }

    @Test
    void dashboardsAreListedByPrefixInTheOrderOfTheirNames() {
        DashboardStore store = new DashboardStore(database);
        for (String name : List.of("shop_b", "other", "shop_a", "shopXc")) {
            store.put(ACCOUNT, name, "{}", TIME);
        }
        store.put(OTHER_ACCOUNT, "shop_z", "{}", TIME);
        assertThat(store.list(ACCOUNT, "shop_")).extracting(Dashboard::name).containsExactly("shop_a", "shop_b");
        assertThat(store.list(ACCOUNT, "")).hasSize(4);
    }

    @Test
    void eitherAllOfTheNamedAreDeletedOrNone() {
        DashboardStore store = new DashboardStore(database);
        store.put(ACCOUNT, "a", "{}", TIME);
        store.put(ACCOUNT, "b", "{}", TIME);
        assertThat(store.delete(ACCOUNT, List.of("a", "missing"))).isFalse();
        assertThat(store.list(ACCOUNT, "")).hasSize(2);
        assertThat(store.delete(ACCOUNT, List.of("a", "b", "a"))).isTrue();
        assertThat(store.list(ACCOUNT, "")).isEmpty();
    }

    @Test
    void tagsAreAddedReplacedAndRemoved() {
        TagStore tags = new TagStore(database);
        tags.tag(ARN, Map.of("team", "web", "stage", "test"));
        tags.tag(ARN, Map.of("team", "shop"));
        tags.tag("arn:other", Map.of("team", "other"));
        assertThat(tags.tags(ARN)).isEqualTo(Map.of("team", "shop", "stage", "test"));
        tags.untag(ARN, List.of("stage", "missing"));
        assertThat(tags.tags(ARN)).isEqualTo(Map.of("team", "shop"));
        tags.forget(ARN);
        assertThat(tags.tags(ARN)).isEmpty();
        assertThat(tags.tags("arn:other")).isEqualTo(Map.of("team", "other"));
    }
}
