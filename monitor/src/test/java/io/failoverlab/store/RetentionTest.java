package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
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

/** How long datapoints of which resolution are kept, on a clock that the test moves. */
class RetentionTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final MetricStream STREAM = new MetricStream(MetricId.of("Test", "Value", Map.of()), Unit.NONE);
    private static final Statistic MEDIAN = Statistic.parse("p50").orElseThrow();

    @TempDir
    private Path directory;

    private Instant now = NOON;
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
        store.flush();
        close();
        open();
    }

    /** Puts the clock to a time and does what is due then. */
    private void at(Instant time) {
        now = time;
        store.flush();
        store.maintain();
    }

    private void put(Instant time, double value, int resolution) {
        store.in(Scope.LAB).add(List.of(new Datum(STREAM, time, Aggregate.ofValue(value), resolution)));
    }

    /** A datapoint every second from noon on, each of the value of its second, while the clock goes on. */
    private void putSeconds(int count) {
        for (int minute = 0; minute * 60 < count; minute++) {
            List<Datum> data = new ArrayList<>();
            for (int second = minute * 60; second < Math.min(count, minute * 60 + 60); second++) {
                data.add(new Datum(STREAM, NOON.plusSeconds(second), Aggregate.ofValue(second), 1));
            }
            store.in(Scope.LAB).add(data);
            at(NOON.plusSeconds(minute * 60 + 60));
        }
    }

    private SortedMap<Instant, Aggregate> read(Instant start, int period, int count) {
        return store.in(Scope.LAB).read(new MetricQuery(STREAM.metric(), Optional.empty(), start, period, count, true));
    }

    private int datapoints(Instant start, int period, int count) {
        return read(start, period, count).size();
    }

    /** What noon's five minutes must be, however they are read. */
    private static void assertFirstFiveMinutes(Aggregate aggregate) {
        assertThat(aggregate.sampleCount()).isEqualTo(300);
        assertThat(aggregate.sum()).isEqualTo(IntStream.range(0, 300).sum());
        assertThat(aggregate.minimum()).isZero();
        assertThat(aggregate.maximum()).isEqualTo(299);
        assertThat(MEDIAN.of(aggregate)).hasValue(149);
    }

    @Test
    void secondsAreKeptForThreeHoursToTheSecond() {
        putSeconds(600);
        at(NOON.plus(Duration.ofHours(3)));
        assertThat(datapoints(NOON, 1, 600)).isEqualTo(600);
        assertThat(datapoints(NOON, 30, 20)).isEqualTo(20);
        at(NOON.plus(Duration.ofHours(3)).plusSeconds(10));
        assertThat(datapoints(NOON, 1, 600)).isEqualTo(590);
        at(NOON.plus(Duration.ofHours(4)));
        assertThat(datapoints(NOON, 1, 600)).isZero();
        assertFirstFiveMinutes(read(NOON, 300, 1).get(NOON));
    }

    @Test
    void eachResolutionOutlivesTheFinerOneAndIsAnsweredWhereThePeriodIsItsMultiple() {
        putSeconds(7200);
        for (int day = 0; day < 16; day++) {
            at(NOON.plus(Duration.ofDays(day)).plus(Duration.ofHours(2)));
        }
        assertThat(datapoints(NOON, 60, 120)).isZero();
        assertThat(datapoints(NOON.plusSeconds(60), 300, 1)).isZero(); // would need minutes
        assertThat(datapoints(NOON, 300, 24)).isEqualTo(24);
        assertFirstFiveMinutes(read(NOON, 300, 1).get(NOON));
        at(NOON.plus(Duration.ofDays(64)));
        assertThat(datapoints(NOON, 300, 24)).isZero();
        assertThat(datapoints(NOON, 3600, 2)).isEqualTo(2);
        reopen();
        Aggregate hour = read(NOON, 3600, 1).get(NOON);
        assertThat(hour.sampleCount()).isEqualTo(3600);
        assertThat(hour.sum()).isEqualTo(IntStream.range(0, 3600).sum());
        assertThat(MEDIAN.of(hour).orElseThrow()).isBetween(1799 * 0.99, 1799 * 1.01);
        at(NOON.plus(Duration.ofDays(455)).plusSeconds(3600));
        assertThat(datapoints(NOON, 3600, 2)).isEqualTo(1);
        at(NOON.plus(Duration.ofDays(459))); // the chunk's three days are over as well
        assertThat(tables().seriesWithChunks(Resolution.HOUR, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    private MetricTables tables() {
        return new MetricTables(database);
    }

    @Test
    void aMonitorThatWasOffForDaysRollsUpWhatItFinds() {
        putSeconds(600);
        reopen();
        at(NOON.plus(Duration.ofDays(20)));
        assertFirstFiveMinutes(read(NOON, 300, 1).get(NOON));
        assertThat(tables().seriesWithChunks(Resolution.SECOND, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void whatArrivesTwoWeeksLateIsInEveryResolutionThatIsKept() {
        putSeconds(300);
        at(NOON.plus(Duration.ofDays(13)));
        put(NOON.plusSeconds(7), 1_000_000, 1);
        put(NOON.plusSeconds(7), 2_000_000, 60);
        for (int time = 0; time < 3; time++) {
            assertThat(read(NOON, 1, 300)).isEmpty();
            assertThat(read(NOON, 60, 1).get(NOON).maximum()).isEqualTo(2_000_000);
            assertThat(read(NOON, 60, 1).get(NOON).sampleCount()).isEqualTo(62);
            assertThat(read(NOON, 300, 1).get(NOON).sampleCount()).isEqualTo(302);
            assertThat(read(NOON, 3600, 1).get(NOON).sampleCount()).isEqualTo(302);
            at(now.plusSeconds(600)); // not written, then written, then rolled up again
        }
        reopen();
        assertThat(read(NOON, 3600, 1).get(NOON).sampleCount()).isEqualTo(302);
    }

    @Test
    void minutesFromMemoryAreThoseOfTheFile() {
        putSeconds(7200);
        Instant start = NOON.plusSeconds(3540);
        MetricQuery withoutValues = new MetricQuery(STREAM.metric(), Optional.empty(), start, 60, 61, false);
        List<Double> sums = store.in(Scope.LAB).read(withoutValues).values().stream()
                .map(Aggregate::sum)
                .toList();
        assertThat(sums).hasSize(61);
        assertThat(read(start, 60, 61).values()).extracting(Aggregate::sum).isEqualTo(sums);
        reopen();
        put(NOON.plusSeconds(3540), 1, 1);
        assertThat(store.in(Scope.LAB).read(withoutValues).values().stream().map(Aggregate::sum))
                .hasSize(61)
                .startsWith(sums.get(0) + 1, sums.get(1));
    }

    @Test
    void aClockThatStepsBackLosesNothing() {
        putSeconds(600);
        at(NOON.minus(Duration.ofHours(2)));
        Instant early = NOON.minus(Duration.ofHours(2));
        put(early, 1, 1);
        for (int time = 0; time < 3; time++) {
            assertThat(datapoints(early, 1, 10)).isEqualTo(1);
            assertThat(datapoints(early, 60, 1)).isEqualTo(1);
            assertThat(datapoints(NOON, 1, 600)).isEqualTo(600);
            at(now.plusSeconds(400));
        }
        reopen();
        assertThat(datapoints(early, 1, 10)).isEqualTo(1);
        assertThat(datapoints(NOON, 1, 600)).isEqualTo(600);
    }

    /** Whatever was due in the skipped day is made up for; what comes after the steps is kept like anything else. */
    @Test
    void aClockThatStepsBackAnHourAndThenForwardADayLosesNothing() {
        putSeconds(600);
        Instant back = NOON.minus(Duration.ofMinutes(50));
        at(back);
        put(back, 1, 1);
        at(back.plusSeconds(600));
        put(NOON, 1_000, 1); // a second that there is already
        Instant day = NOON.plus(Duration.ofDays(1));
        for (int time = 0; time < 3; time++) {
            at(day.plusSeconds(time * 400L));
            put(now, 1, 1);
            assertThat(datapoints(day, 60, 20)).isEqualTo(time + 1);
            Aggregate first = read(NOON, 60, 1).get(NOON);
            assertThat(first.sampleCount()).isEqualTo(61);
            assertThat(first.maximum()).isEqualTo(1_000);
            assertThat(datapoints(NOON, 60, 10)).isEqualTo(10);
            assertThat(datapoints(back, 60, 1)).isEqualTo(1);
            assertThat(datapoints(NOON, 1, 600)).isZero(); // seconds are kept for three hours
            assertThat(read(NOON, 3600, 1).get(NOON).sampleCount()).isEqualTo(601);
        }
        reopen();
        at(day.minus(Duration.ofHours(1)));
        assertThat(read(NOON, 300, 2).get(NOON).sampleCount()).isEqualTo(301);
        assertThat(datapoints(day, 60, 20)).isEqualTo(3);
        assertThat(tables().seriesWithChunks(Resolution.SECOND, 0, NOON.getEpochSecond() + 600))
                .isEmpty();
    }

    @Test
    void everythingIsReadWhileItMovesIntoChunks() {
        for (int second = 0; second < 3600; second += 7) {
            put(NOON.plusSeconds(second), 1, 1);
            if (second % 5 == 0) {
                put(NOON.minusSeconds(second + 400), 1, 1); // late
            }
            at(NOON.plusSeconds(second));
            int late = second / 35 + 1;
            assertThat(read(NOON.minusSeconds(7200), 7200, 1)
                            .get(NOON.minusSeconds(7200))
                            .sampleCount())
                    .isEqualTo(late);
            assertThat(read(NOON, 3600, 1).get(NOON).sampleCount()).isEqualTo(second / 7 + 1);
        }
    }

    @Test
    void nothingCountsTwiceWhereCoarseDatapointsOfTheFileMeetTheMinutesInMemory() {
        MetricQuery day = new MetricQuery(STREAM.metric(), Optional.empty(), NOON, 86_400, 1, false);
        for (int second = 0; second < 7 * 3_600; second += 60) {
            put(NOON.plusSeconds(second), 1, 1);
            at(NOON.plusSeconds(second + 30));
            assertThat(store.in(Scope.LAB).read(day).get(NOON).sampleCount())
                    .as("after %d seconds", second)
                    .isEqualTo(second / 60 + 1);
        }
    }
}
