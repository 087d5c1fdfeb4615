package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Damage that is met while the store is used, what only looks like it, and what cannot be healed at once. */
class HealingTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int SECONDS = 3_000;
    private static final int SECONDS_PER_TICK = 30;
    private static final int PAGE_SIZE = 4096;
    private static final MetricStream STREAM = new MetricStream(MetricId.of("Test", "Value", Map.of()), Unit.NONE);

    @TempDir
    private Path directory;

    private Instant now = START.plusSeconds(SECONDS);
    private Path file;
    private Database database;
    private final List<StoreDamage> healed = new ArrayList<>();
    private int tries;

    @BeforeEach
    void open() {
        file = directory.resolve("monitor.db");
        database = Database.open(file, () -> now);
        database.onHealed(healed::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void goOn(Duration time) {
        now = now.plus(time);
    }

    /** Overwrites a byte behind SQLite's back: the first of what is selected, or of the page that it is in. */
    private void damage(String select, boolean page) throws IOException, SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            String content;
            try (ResultSet row = statement.executeQuery(select)) {
                content = new String(row.getBytes(1), StandardCharsets.ISO_8859_1);
            }
            int at = Files.readString(file, StandardCharsets.ISO_8859_1)
                    .indexOf(content.substring(0, Math.min(content.length(), 300)));
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(page ? at / PAGE_SIZE * PAGE_SIZE : at);
                bytes.write(0x8d); // neither a kind of page nor a character
            }
            statement.execute("CREATE TABLE other (a)"); // what others change nobody has in memory any more
            statement.execute("DROP TABLE other");
        }
    }

    /** A store with a datapoint for each second, in ticks on several pages. */
    private MetricStore storeWithTicks() {
        MetricStore store = new MetricStore(database, () -> now, new CollectorRegistry());
        for (int from = 0; from < SECONDS; from += SECONDS_PER_TICK) {
            store.in(Scope.LAB)
                    .add(IntStream.range(from, from + SECONDS_PER_TICK)
                            .mapToObj(second -> new Datum(STREAM, START.plusSeconds(second), value(second), 1))
                            .toList());
            store.flush();
        }
        return store;
    }

    private static Aggregate value(int second) {
        return Aggregate.ofValue(Math.sqrt(second));
    }

    private void assertEachIsThereOnceOrLost(MetricStore store) {
        SortedMap<Instant, Aggregate> found =
                store.in(Scope.LAB).read(new MetricQuery(STREAM.metric(), Optional.empty(), START, 1, SECONDS, true));
        found.forEach((at, value) -> assertThat(value).as(at.toString()).isEqualTo(value((int)
                Duration.between(START, at).toSeconds())));
        assertThat(healed).hasSize(1);
        assertThat(found).hasSizeBetween(SECONDS / 2, SECONDS);
    }

    @Test
    void chunksThatPrecedeADamagedOneAreReadOnce() throws IOException, SQLException {
        MetricStore store = storeWithTicks();
        store.maintain();
        damage("SELECT statistics FROM chunk WHERE resolution = 1 ORDER BY start DESC LIMIT 1 OFFSET 2", true);
        assertEachIsThereOnceOrLost(store);
    }

    @Test
    void ticksThatPrecedeADamagedOneAreMovedIntoChunksOnce() throws IOException, SQLException {
        MetricStore store = storeWithTicks();
        damage("SELECT data FROM tick ORDER BY number DESC LIMIT 1", true);
        store.maintain();
        goOn(Duration.ofMinutes(30)); // so that nothing is read from memory
        store.maintain();
        assertEachIsThereOnceOrLost(store);
    }

    private void append(String... names) {
        for (String name : names) {
            new EventStore(database)
                    .append(List.of(
                            new LabEvent(START, "test", name, List.of(), JsonNodeFactory.instance.objectNode())));
        }
    }

    private List<String> events() {
        return new EventStore(database)
                .since(Instant.EPOCH).stream().map(LabEvent::detailType).toList();
    }

    private Void complain(Connection connection) throws SQLException {
        tries++;
        throw new SQLiteException("test", SQLiteErrorCode.SQLITE_CORRUPT);
    }

    private Void misunderstand(Connection connection) {
        tries++;
        throw new IllegalStateException("test");
    }

    /** What fails is tried again after a check of the file, and only then. */
    private void assertCheck(boolean expected, Database.Work<Void> failing) {
        tries = 0;
        assertThatThrownBy(() -> database.read(failing)).hasMessageContaining("test");
        assertThat(tries).isEqualTo(expected ? 2 : 1);
    }

    @Test
    void aFileThatSqliteComplainsOfForNothingIsCheckedOnceAMinute() {
        assertCheck(true, this::complain);
        goOn(Duration.ofSeconds(59));
        assertCheck(false, this::complain);
        goOn(Duration.ofSeconds(1));
        assertCheck(true, this::complain);
        goOn(Duration.ofDays(-1));
        assertCheck(true, this::complain);
        assertCheck(false, this::complain);
        assertThat(healed).isEmpty();
    }

    @Test
    void damageThatSqliteDoesNotSeeIsHealedAlsoAfterAFalseAlarm() throws IOException, SQLException {
        append("one", "two");
        assertCheck(true, this::misunderstand);
        assertCheck(false, this::misunderstand);
        damage("SELECT body FROM event ORDER BY number LIMIT 1", false);
        goOn(Duration.ofSeconds(299));
        assertThatThrownBy(this::events).hasMessageContaining("cannot be read");
        goOn(Duration.ofSeconds(1));
        assertThat(events()).containsExactly("two");
        assertThat(healed).hasSize(1);
    }

    @Test
    void aHealingThatFailsIsTriedAgainAfterAMinute() throws IOException, SQLException {
        append("one", "two");
        damage("SELECT body FROM event ORDER BY number LIMIT 1", true);
        Path obstacle = Files.createDirectories(directory.resolve("monitor.db.salvage/full"));
        assertThatThrownBy(this::events).hasMessageContaining("was not salvaged");
        assertThatThrownBy(this::events).hasMessageContaining("Cannot read the store");
        Files.delete(obstacle);
        goOn(Duration.ofSeconds(59));
        assertThatThrownBy(this::events).hasMessageContaining("Cannot read the store");
        goOn(Duration.ofSeconds(1));
        events();
        assertThat(healed).hasSize(1);
    }

    @Test
    void aWriteThatFailsInTheMiddleLeavesNothingForTheNext() {
        TagStore tags = new TagStore(database);
        tags.tag("arn", Map.of("a", "1"));
        assertThatThrownBy(() -> database.write(connection -> {
                    try (Statement delete = connection.createStatement()) {
                        delete.executeUpdate("DELETE FROM tag");
                    }
                    throw new IllegalStateException("test");
                }))
                .hasMessage("test");
        tags.tag("arn", Map.of("b", "2"));
        assertThat(tags.tags("arn")).containsOnlyKeys("a", "b");
    }
}
