package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
    private static final MetricId LATENCY =
            MetricId.of("AWS/ApplicationELB", "TargetResponseTime", Map.of("LoadBalancer", "app/lab/0123456789abcdef"));

    @TempDir
    private Path directory;

    private Instant now = NOW;
    private Database database;
    private MetricStore store;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("monitor.db"), () -> now);
        store = new MetricStore(database, () -> now, new CollectorRegistry());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private void put(String time, double value) {
        put(time, Aggregate.ofValue(value), Unit.SECONDS, 1);
    }

    private void put(String time, Aggregate value, Unit unit, int resolution) {
        store.in(Scope.LAB)
                .add(List.of(new Datum(new MetricStream(LATENCY, unit), Instant.parse(time), value, resolution)));
    }

    private SortedMap<Instant, Aggregate> read(String start, int period, int count) {
        return store.in(Scope.LAB)
                .read(new MetricQuery(LATENCY, Optional.empty(), Instant.parse(start), period, count, true));
    }

    private static Aggregate values(double... values) {
        double[] once = new double[values.length];
        Arrays.fill(once, 1);
        return Aggregate.ofValues(Distribution.of(values, once));
    }

    @Test
    void valuesOfASecondAreOneDatapointFromMemoryAndFromTheFile() {
        put("2026-01-02T03:03:58.100Z", 0.2);
        put("2026-01-02T03:03:58.900Z", 0.1);
        store.flush();
        put("2026-01-02T03:03:58Z", 0.3);
        Map<Instant, Aggregate> expected = Map.of(Instant.parse("2026-01-02T03:03:58Z"), values(0.1, 0.2, 0.3));
        assertThat(read("2026-01-02T03:03:50Z", 1, 10)).isEqualTo(expected);
        store.flush();
        reopen();
        assertThat(read("2026-01-02T03:03:50Z", 1, 10)).isEqualTo(expected);
        now = NOW.plusSeconds(3600);
        reopen();
        assertThat(read("2026-01-02T03:03:50Z", 1, 10)).isEqualTo(expected);
    }

    @Test
    void upkeepThatFailsIsNotDoneAndDueAgain() {
        put("2026-01-02T03:03:58Z", 1);
        store.flush();
        now = NOW.plusSeconds(600);
        database.close(); // so that the next write fails; the one after that has a new connection
        assertThat(store.maintain()).isFalse();
        assertThat(store.maintain()).isTrue();
        assertThat(store.maintain()).isFalse();
    }

    @Test
    void anyPeriodCanBeRead() {
        put("2026-01-02T03:02:59Z", 9);
        put("2026-01-02T03:03:00Z", 1);
        put("2026-01-02T03:03:59Z", 2);
        put("2026-01-02T03:04:00Z", 4);
        assertThat(read("2026-01-02T03:03:00Z", 60, 2))
                .isEqualTo(Map.of(
                        Instant.parse("2026-01-02T03:03:00Z"), values(1, 2),
                        Instant.parse("2026-01-02T03:04:00Z"), values(4)));
        assertThat(read("2026-01-02T03:02:00Z", 300, 1))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:02:00Z"), values(9, 1, 2, 4)));
    }

    @Test
    void aWindowMayBePartlyInMemoryAndPartlyInTheFile() {
        put("2026-01-02T03:03:00Z", 1);
        now = NOW.plusSeconds(240); // 3:03:00 is at the edge of what memory keeps, and out of it one second later
        put("2026-01-02T03:07:00Z", 2);
        store.flush();
        now = NOW.plusSeconds(270);
        store.flush();
        put("2026-01-02T03:03:20Z", 3); // late, not written yet
        assertThat(read("2026-01-02T03:00:00Z", 600, 1))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:00:00Z"), values(1, 2, 3)));
        store.flush();
        assertThat(read("2026-01-02T03:00:00Z", 600, 1))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:00:00Z"), values(1, 2, 3)));
    }

    @Test
    void standardResolutionIsReadableFromAMinuteOn() {
        put("2026-01-02T03:03:58Z", Aggregate.ofValue(1), Unit.SECONDS, 60);
        put("2026-01-02T03:03:10Z", Aggregate.ofValue(2), Unit.SECONDS, 1);
        assertThat(read("2026-01-02T03:03:00Z", 1, 60))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:03:10Z"), values(2)));
        assertThat(read("2026-01-02T03:03:00Z", 60, 1))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:03:00Z"), values(1, 2)));
        assertThat(store.in(Scope.LAB).units(LATENCY)).containsExactly(Unit.SECONDS);
    }

    @Test
    void unitsAreKeptApartAndCombinedOnlyWhereNoneIsAskedFor() {
        put("2026-01-02T03:03:58Z", Aggregate.ofValue(1), Unit.SECONDS, 1);
        put("2026-01-02T03:03:58Z", Aggregate.ofValue(1000), Unit.MILLISECONDS, 1);
        Instant second = Instant.parse("2026-01-02T03:03:58Z");
        assertThat(store.in(Scope.LAB).read(new MetricQuery(LATENCY, Optional.of(Unit.SECONDS), second, 1, 1, true)))
                .isEqualTo(Map.of(second, values(1)));
        assertThat(store.in(Scope.LAB).read(new MetricQuery(LATENCY, Optional.empty(), second, 1, 1, true)))
                .isEqualTo(Map.of(second, values(1, 1000)));
        assertThat(store.in(Scope.LAB).units(LATENCY)).containsExactlyInAnyOrder(Unit.SECONDS, Unit.MILLISECONDS);
    }

    @Test
    void aStatisticSetIsReadBackAsOne() {
        Aggregate set = Aggregate.ofStatisticSet(4, 10, 1, 5);
        put("2026-01-02T03:03:58Z", set, Unit.SECONDS, 1);
        store.flush();
        now = NOW.plusSeconds(3600);
        reopen();
        assertThat(read("2026-01-02T03:03:58Z", 1, 1)).isEqualTo(Map.of(Instant.parse("2026-01-02T03:03:58Z"), set));
    }

    @Test
    void metricsAreListedWithTheirNewestDatapointAfterARestart() {
        put("2026-01-02T03:03:58Z", 1);
        put("2026-01-02T03:03:50Z", 1);
        store.flush();
        reopen();
        assertThat(store.in(Scope.LAB).metrics())
                .containsExactly(new MetricListing(LATENCY, Instant.parse("2026-01-02T03:03:58Z")));
    }

    @Test
    void anotherProcessMayReadWhileThisOneWrites() throws SQLException {
        put("2026-01-02T03:03:58Z", 1);
        store.flush();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("monitor.db"));
                ResultSet row = other.createStatement().executeQuery("SELECT count(*) FROM tick")) {
            put("2026-01-02T03:03:59Z", 1);
            store.flush();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() throws SQLException {
        put("2026-01-02T03:03:58Z", 1);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("monitor.db"))) {
            other.createStatement().execute("ALTER TABLE tick RENAME TO gone");
            store.flush();
            other.createStatement().execute("ALTER TABLE gone RENAME TO tick");
        }
        assertThat(read("2026-01-02T03:03:58Z", 1, 1)).hasSize(1);
        store.flush();
        reopen();
        assertThat(read("2026-01-02T03:03:58Z", 1, 1))
                .isEqualTo(Map.of(Instant.parse("2026-01-02T03:03:58Z"), values(1)));
    }

    @Test
    void aStoreInUseByAnotherMonitorIsRefused() {
        assertThatThrownBy(() -> Database.open(directory.resolve("monitor.db"), () -> now))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use by another monitor");
    }

    @Test
    void aFileThatIsNoStoreIsRefusedAndLeftAsItIs() throws Exception {
        Path file = directory.resolve("notes.txt");
        Files.writeString(file, "this is no database, ".repeat(100));
        assertThatThrownBy(() -> Database.open(file, () -> now))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("notes.txt");
        assertThat(file).hasContent("this is no database, ".repeat(100));
    }

    @Test
    void aStoreOfANewerMonitorIsRefused() throws SQLException {
        Path file = directory.resolve("newer.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            other.createStatement().execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> Database.open(file, () -> now)).hasMessageContaining("schema version 99");
    }
}
