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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that write, one after the other on the same file, and looks each time at what is there. Twenty times; with
 * {@code -Dfailoverlab.kills=100} a hundred times, which takes about five times as long.
 */
class StoreKillTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int KILLS = Integer.getInteger("failoverlab.kills", 20);
    private static final int SERIES = 20;
    private static final int SECONDS_PER_BATCH = 10;
    private static final int MAX_BATCHES = 80;

    @TempDir
    private Path directory;

    /**
     * Writes batch after batch, and an event after each, until it is killed; says the number of each batch when it is written. Its
     * clock runs fast, so that the file is put in order every thirty batches.
     */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            int[] batch = {Integer.parseInt(args[1])};
            Database database = Database.open(Path.of(args[0]), InstantSource.system());
            MetricStore store = new MetricStore(database, () -> time(batch[0]), new CollectorRegistry());
            EventStore events = new EventStore(database);
            for (; ; batch[0]++) {
                store.in(Scope.LAB).add(data(batch[0]));
                store.flush();
                events.append(List.of(event(batch[0])));
                store.maintain();
                System.out.println(batch[0]);
            }
        }
    }

    private static Instant time(int batch) {
        return START.plusSeconds((long) batch * SECONDS_PER_BATCH);
    }

    private static List<Datum> data(int batch) {
        return IntStream.range(0, SERIES)
                .mapToObj(series -> new Datum(stream(series), time(batch), Aggregate.ofValue(batch), 1))
                .toList();
    }

    private static MetricStream stream(int series) {
        return new MetricStream(MetricId.of("Test", "Value", Map.of("Series", "s" + series)), Unit.NONE);
    }

    private static LabEvent event(int batch) {
        return new LabEvent(time(batch), "failoverlab.test", "Batch", List.of(), JsonNodeFactory.instance.objectNode());
    }

    @Test
    void everythingAcknowledgedIsThereAfterEachKillMinusNine() throws IOException, InterruptedException {
        Path file = directory.resolve("monitor.db");
        Random random = new Random(1);
        int written = 0;
        int acknowledgedEvents = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int last = killAWriter(file, written, 1 + random.nextInt(MAX_BATCHES));
            acknowledgedEvents += last + 1 - written;
            written = check(file, last, acknowledgedEvents);
        }
    }

    /** Returns how many batches there are: all that were acknowledged, and perhaps one more. */
    private static int check(Path file, int last, int acknowledgedEvents) {
        try (Database database = Database.open(file, InstantSource.system())) {
            assertThat(database.damage()).isEmpty();
            MetricStore store = new MetricStore(database, () -> time(last + 1), new CollectorRegistry());
            assertThat(new EventStore(database).since(START)).hasSizeGreaterThanOrEqualTo(acknowledgedEvents);
            int batches = (int) total(store, 0).sampleCount();
            assertThat(batches).isBetween(last + 1, last + 2);
            for (int series = 0; series < SERIES; series++) {
                Aggregate all = total(store, series);
                assertThat(all.sampleCount()).isEqualTo(batches);
                assertThat(all.sum()).isEqualTo(batches * (batches - 1) / 2.0);
            }
            return batches;
        }
    }

    /** Everything of a series. */
    private static Aggregate total(MetricStore store, int series) {
        Collection<Aggregate> day = store.in(Scope.LAB)
                .read(new MetricQuery(stream(series).metric(), Optional.empty(), START, 86_400, 1, false))
                .values();
        return day.iterator().next();
    }

    /** Returns the last batch that was acknowledged. */
    private static int killAWriter(Path file, int firstBatch, int acknowledgedBeforeTheKill)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Integer.toString(firstBatch))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int last = firstBatch - 1;
        try (BufferedReader acknowledged =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = acknowledged.readLine(); line != null; line = acknowledged.readLine()) {
                last = Integer.parseInt(line);
                if (last == firstBatch + acknowledgedBeforeTheKill) {
                    writer.toHandle().destroyForcibly(); // leaves the pipe open, so that nothing acknowledged is missed
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(last).isGreaterThanOrEqualTo(firstBatch + acknowledgedBeforeTheKill);
        return last;
    }
}
