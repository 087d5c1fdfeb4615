package io.failoverlab.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetStateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Map<String, String> LABELS = Map.of("InstanceId", "i-0123456789abcdef0");

    private final TargetState state =
            new TargetState(new Target(URI.create("http://127.0.0.1:9000/metrics"), new TreeMap<>(LABELS)));

    private TargetState.Reading scrape(String text) throws TextFormatException {
        return state.read(PrometheusText.parse(text), NOW);
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
                        List.of(datum("threads", Map.of("state", "idle"), 7), datum("untyped", Map.of(), 3)), 0));
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
    void histogramsAndSummariesGiveCountAndSum() throws TextFormatException {
        String text = """
                # TYPE latency histogram
                latency_bucket{le="0.1"} %1$d
                latency_bucket{le="+Inf"} %1$d
                latency_count %1$d
                latency_sum %1$d
                latency_created 1520430000.1
                # TYPE size summary
                size{quantile="0.5"} 3
                size_count %1$d
                size_sum %1$d
                """;
        scrape(text.formatted(10));
        assertThat(scrape(text.formatted(12)).data())
                .containsExactly(
                        datum("latency_count", Map.of(), 2),
                        datum("latency_sum", Map.of(), 2),
                        datum("size_count", Map.of(), 2),
                        datum("size_sum", Map.of(), 2));
    }

    @Test
    void whatCannotBeADatapointIsDroppedAndCounted() throws TextFormatException {
        assertThat(scrape("""
                a NaN
                b +Inf
                c{label="é"} 1
                d{empty=""} 1
                """)).isEqualTo(new TargetState.Reading(List.of(datum("d", Map.of(), 1)), 3));
    }

    @Test
    void theTargetsLabelsWin() throws TextFormatException {
        assertThat(scrape("a{InstanceId=\"other\"} 1\n").data())
                .containsExactly(datum("a", Map.of("exported_InstanceId", "other"), 1));
    }
}
