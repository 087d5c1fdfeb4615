package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, and opens what it left. */
class StoreKillTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int SERIES = 20;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 100;

    @TempDir
    private Path directory;

    /** Writes batch after batch, and an event after each, until it is killed; says the number of each batch when it is written. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            InstantSource clock = InstantSource.system();
            Database database = Database.open(Path.of(args[0]));
            MetricStore store = new MetricStore(database, clock, new CollectorRegistry());
            EventStore events = new EventStore(database);
            for (int second = 0; ; second++) {
                store.in(Scope.LAB).add(batch(second));
                store.flush();
                events.append(List.of(event(second)));
                System.out.println(second);
            }
        }
    }

    private static List<Datum> batch(int second) {
        return IntStream.range(0, SERIES)
                .mapToObj(series -> new Datum(stream(series), START.plusSeconds(second), Aggregate.ofValue(second), 1))
                .toList();
    }

    private static MetricStream stream(int series) {
        return new MetricStream(MetricId.of("Test", "Value", Map.of("Series", "s" + series)), Unit.NONE);
    }

    private static LabEvent event(int second) {
        return new LabEvent(
                START.plusSeconds(second),
                "failoverlab.test",
                "Second",
                List.of(),
                JsonNodeFactory.instance.objectNode());
    }

    @RepeatedTest(3)
    @Timeout(60)
    void everythingAcknowledgedIsThereAfterKillMinusNine() throws IOException, InterruptedException, SQLException {
        Path file = directory.resolve("monitor.db");
        int last = killAWriter(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet check = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            assertThat(check.getString(1)).isEqualTo("ok");
        }
        Database database = Database.open(file);
        MetricStore store = new MetricStore(database, InstantSource.system(), new CollectorRegistry());
        for (int series = 0; series < SERIES; series++) {
            var read = store.in(Scope.LAB)
                    .read(new MetricQuery(stream(series).metric(), Optional.empty(), START, 1, last + 1, false));
            assertThat(read).hasSize(last + 1);
            assertThat(read.get(START.plusSeconds(last))).isEqualTo(Aggregate.ofValue(last));
        }
        assertThat(new EventStore(database).since(START)).hasSizeGreaterThan(last);
        database.close();
    }

    /** Returns the last batch that was acknowledged. */
    private static int killAWriter(Path file) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = -1;
        try (BufferedReader acknowledged =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = acknowledged.readLine(); line != null; line = acknowledged.readLine()) {
                last = Integer.parseInt(line);
                if (last == ACKNOWLEDGED_BEFORE_THE_KILL) {
                    writer.toHandle().destroyForcibly(); // leaves the pipe open, so that nothing acknowledged is missed
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(last).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
        return last;
    }
}
