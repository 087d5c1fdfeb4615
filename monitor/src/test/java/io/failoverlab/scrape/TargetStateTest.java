package io.failoverlab.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetStateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Map<String, String> LABELS = Map.of("InstanceId", "i-0123456789abcdef0");

    private final TargetState state =
            new TargetState(new Target(URI.create("http://127.0.0.1:9000/metrics"), new TreeMap<>(LABELS)));

    private TargetState.Reading scrape(String text) throws TextFormatException {
        return state.read(text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static Datum datum(String name, Map<String, String> labels, double value) {
        Map<String, String> dimensions = new TreeMap<>(labels);
        dimensions.putAll(LABELS);
        MetricId metric = MetricId.of("Prometheus", name, dimensions);
        return new Datum(new MetricStream(metric, Unit.NONE), NOW, Aggregate.ofValue(value), 1);
    }

    @Test
    void gaugesAreTakenAsTheyAre() throws TextFormatException {
        assertThat(scrape("# TYPE threads gauge\nthreads{state=\"idle\"} 7\nuntyped 3\n"))
                .isEqualTo(new TargetState.Reading(
                        List.of(datum("threads", Map.of("state", "idle"), 7), datum("untyped", Map.of(), 3)), 2, 0));
    }

    @Test
    void countersBecomeWhatTheyGrewBy() throws TextFormatException {
        String type = "# TYPE requests_total counter\n";
        assertThat(scrape(type + "requests_total 100\n").data()).isEmpty();
        assertThat(scrape(type + "requests_total 130\n").data()).containsExactly(datum("requests_total", Map.of(), 30));
        assertThat(scrape(type + "requests_total 130\n").data()).containsExactly(datum("requests_total", Map.of(), 0));
    }

    @Test
    void aCounterThatBeganAgainCountsFromZero() throws TextFormatException {
        String type = "# TYPE requests_total counter\n";
        scrape(type + "requests_total 100\n");
        assertThat(scrape(type + "requests_total 4\n").data()).containsExactly(datum("requests_total", Map.of(), 4));
    }

    @Test
    void aCounterThatWasNotThereBeforeBeganAtZero() throws TextFormatException {
        String type = "# TYPE errors_total counter\n";
        scrape(type);
        assertThat(scrape(type + "errors_total{code=\"500\"} 2\n").data())
                .containsExactly(datum("errors_total", Map.of("code", "500"), 2));
    }

    @Test
    void aProcessThatBeganAgainCountsFromZeroEvenIfItCountedFurther() throws TextFormatException {
        String text = "# TYPE requests_total counter\nrequests_total %d\nprocess_start_time_seconds %d\n";
        scrape(text.formatted(3, 1000));
        assertThat(scrape(text.formatted(4, 1000)).data()).contains(datum("requests_total", Map.of(), 1));
        assertThat(scrape(text.formatted(5, 1010)).data()).contains(datum("requests_total", Map.of(), 5));
        assertThat(scrape(text.formatted(7, 1010)).data()).contains(datum("requests_total", Map.of(), 2));
    }

    @Test
    void aSeriesIsKnownAgainWhereverItStandsAndInWhateverOrderItsLabelsAre() throws TextFormatException {
        String type = "# TYPE requests_total counter\n";
        scrape(type + "requests_total{a=\"1\",b=\"2\"} 100\nrequests_total{a=\"3\"} 10\n");
        assertThat(scrape(type + "requests_total{a=\"3\"} 11\nrequests_total{b=\"2\",a=\"1\"} 102\n")
                        .data())
                .containsExactly(
                        datum("requests_total", Map.of("a", "3"), 1),
                        datum("requests_total", Map.of("a", "1", "b", "2"), 2));
    }

    @Test
    void theSameLinesWithOtherNumbersAreReadAsTheFirstTime() throws TextFormatException {
        String text = "# TYPE t gauge\nt{a=\"é 1\"} %s 1395066363000\n\n# free\n  u %s # {id=\"x\"} 1\r\n";
        assertThat(scrape(text.formatted("1", "2")).samples()).isEqualTo(2);
        for (String number : List.of("0", "-1.5e3", "12.25")) {
            assertThat(scrape(text.formatted("1", number)).data())
                    .containsExactly(datum("u", Map.of(), Double.parseDouble(number)));
        }
        assertThatThrownBy(() -> scrape(text.formatted("1", "0x1")))
                .isInstanceOf(TextFormatException.class)
                .hasMessage("line 5, column 5: expected a number, found '0'");
    }

    @Test
    void summariesGiveTheirQuantilesAsTheyAreAndCountAndSum() throws TextFormatException {
        String text = """
                # TYPE size summary
                size{quantile="0.5"} 3
                size{quantile="0.9"} NaN
                size_count %1$d
                size_sum %1$d
                """;
        scrape(text.formatted(10));
        assertThat(scrape(text.formatted(12)))
                .isEqualTo(new TargetState.Reading(
                        List.of(
                                datum("size", Map.of("quantile", "0.5"), 3),
                                datum("size_count", Map.of(), 2),
                                datum("size_sum", Map.of(), 2)),
                        4,
                        0));
    }

    private static String histogram(int upTo1, int upTo2, int all, double sum) {
        return """
                # TYPE latency histogram
                latency_bucket{le="1.0"} %d
                latency_bucket{le="2.0"} %d
                latency_bucket{le="+Inf"} %d
                latency_count %3$d
                latency_sum %s
                latency_created 1520430000.1
                """.formatted(upTo1, upTo2, all, sum);
    }

    private static Datum latency(Aggregate value) {
        MetricId metric = MetricId.of("Prometheus", "latency", LABELS);
        return new Datum(new MetricStream(metric, Unit.NONE), NOW, value, 1);
    }

    @Test
    void aHistogramIsOneMetricWithTheDistributionOfWhatWasObservedSince() throws TextFormatException {
        assertThat(scrape(histogram(10, 20, 20, 20)).data()).isEmpty();
        assertThat(scrape(histogram(12, 25, 26, 33.5)).data())
                .containsExactly(latency(Aggregate.restore(
                        6, 13.5, 0, 8, Optional.of(Distribution.of(new double[] {0.5, 1.5, 8}, new double[] {2, 3, 1
                        })))));
        assertThat(scrape(histogram(12, 25, 26, 33.5)).data()).isEmpty();
    }

    @Test
    void aHistogramThatBeganAgainCountsFromZero() throws TextFormatException {
        scrape(histogram(10, 20, 20, 20));
        assertThat(scrape(histogram(0, 1, 1, 1.75)).data()).containsExactly(latency(Aggregate.ofValue(1.75)));
    }

    @Test
    void whatCannotBeADatapointIsDroppedAndCounted() throws TextFormatException {
        assertThat(scrape("""
                no_value NaN
                b +Inf
                c{label="é"} 1
                d{empty=""} 1
                """)).isEqualTo(new TargetState.Reading(List.of(datum("d", Map.of(), 1)), 4, 2));
    }

    @Test
    void theTargetsLabelsWin() throws TextFormatException {
        assertThat(scrape("a{InstanceId=\"other\"} 1\n").data())
                .containsExactly(datum("a", Map.of("exported_InstanceId", "other"), 1));
    }
}
