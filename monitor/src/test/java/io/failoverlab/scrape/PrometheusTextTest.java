package io.failoverlab.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.scrape.Exposition.Part;
import io.failoverlab.scrape.Exposition.Sample;
import io.failoverlab.scrape.Exposition.Type;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.Summary;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
    private static Exposition parse(String text) throws TextFormatException {
        return PrometheusText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheTextFormat() throws TextFormatException {
        Exposition exposition = parse("""
                # HELP http_requests_total Requests, with a # and "quotes" in the help.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200",} 1027 1395066363000
                http_requests_total{ method = "get" , code = "400" }\t3

                # a free comment
                without_labels 12.47
                  indented_and_empty{}   -1.7560473e+07
                escapes{path="C:\\\\DIR\\\\",error="Cannot find\\nthe \\"file\\"",emoji="🦆"} 1
                nan NaN
                plus_infinity +Inf
                minus_infinity -Inf
                """);
        assertThat(exposition.types()).isEqualTo(Map.of("http_requests_total", Type.COUNTER));
        assertThat(exposition.samples())
                .isEqualTo(List.of(
                        new Sample("http_requests_total", Map.of("method", "post", "code", "200"), 1027),
                        new Sample("http_requests_total", Map.of("method", "get", "code", "400"), 3),
                        new Sample("without_labels", Map.of(), 12.47),
                        new Sample("indented_and_empty", Map.of(), -1.7560473e7),
                        new Sample(
                                "escapes",
                                Map.of("path", "C:\\DIR\\", "error", "Cannot find\nthe \"file\"", "emoji", "🦆"),
                                1),
                        new Sample("nan", Map.of(), Double.NaN),
                        new Sample("plus_infinity", Map.of(), Double.POSITIVE_INFINITY),
                        new Sample("minus_infinity", Map.of(), Double.NEGATIVE_INFINITY)));
        assertThat(exposition.prefixes())
                .startsWith(
                        "http_requests_total{method=\"post\",code=\"200\",} ",
                        "http_requests_total{ method = \"get\" , code = \"400\" }\t",
                        "without_labels ",
                        "indented_and_empty{}   ")
                .hasSize(8);
    }

    @Test
    void readsOpenMetrics() throws TextFormatException {
        Exposition exposition = parse("""
                # TYPE foo histogram
                # UNIT foo seconds
                # HELP foo Some text and\\nan escape
                foo_bucket{le="0.01"} 0
                foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
                foo_bucket{le="+Inf"} 17 123.4 # {trace_id="oHg5SJYRHA0",span="x y"} 9.8 1520879607.789
                foo_count 17
                foo_sum 324789.3
                foo_created 1520430000.123
                # TYPE requests counter
                requests_total 5
                # EOF
                """);
        assertThat(exposition.types()).isEqualTo(Map.of("foo", Type.HISTOGRAM, "requests", Type.COUNTER));
        assertThat(exposition.samples())
                .isEqualTo(List.of(
                        new Sample("foo_bucket", Map.of("le", "0.01"), 0),
                        new Sample("foo_bucket", Map.of("le", "1"), 11),
                        new Sample("foo_bucket", Map.of("le", "+Inf"), 17),
                        new Sample("foo_count", Map.of(), 17),
                        new Sample("foo_sum", Map.of(), 324789.3),
                        new Sample("foo_created", Map.of(), 1520430000.123),
                        new Sample("requests_total", Map.of(), 5)));
        assertThat(exposition.samples().stream().map(exposition::part))
                .containsExactly(
                        Part.HISTOGRAM_BUCKET,
                        Part.HISTOGRAM_BUCKET,
                        Part.HISTOGRAM_BUCKET,
                        Part.HISTOGRAM_COUNT,
                        Part.HISTOGRAM_SUM,
                        Part.NOTHING,
                        Part.COUNTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "up                ! line 1, column 3: expected a number, found the end of the line",
                "up one            ! line 1, column 4: expected a number, found 'o'",
                "up 0x10           ! line 1, column 4: expected a number, found '0'",
                "up{a=\"b\" 1      ! line 1, column 10: expected ',', found '1'",
                "up{a=\"b          ! line 1, column 8: expected more on this line, found the end of the line",
                "up{a=b} 1         ! line 1, column 6: expected '\"', found 'b'",
                "up{a=\"1\",a=\"2\"} 1 ! line 1, column 15: expected the label a only once, found '}'",
                "1up 1             ! line 1, column 1: expected a name, found '1'",
            })
    void namesThePlaceOfAnError(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(TextFormatException.class)
                .hasMessage(message);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> parse("# a comment\n\nup 1\nup\n")).hasMessageStartingWith("line 4, column 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {TextFormat.CONTENT_TYPE_004, TextFormat.CONTENT_TYPE_OPENMETRICS_100})
    void readsBackWhatTheClientLibraryWrites(String contentType) throws IOException, TextFormatException {
        CollectorRegistry registry = new CollectorRegistry();
        Counter counter =
                Counter.build("requests", "Requests.").labelNames("path").register(registry);
        counter.labels("/a\\b\"c\nd").inc(5);
        counter.labels("").inc(0.25);
        Gauge gauge = Gauge.build("temperature", "Now.").labelNames("place").register(registry);
        gauge.labels("nowhere").set(Double.NaN);
        gauge.labels("sun").set(Double.POSITIVE_INFINITY);
        gauge.labels("ø").set(-1e-300);
        Histogram histogram = Histogram.build("latency_seconds", "Time.").register(registry);
        histogram.observeWithExemplar(0.3, "trace_id", "abc");
        Summary summary =
                Summary.build("size_bytes", "Size.").quantile(0.5, 0.01).register(registry);
        summary.observe(100);

        StringWriter text = new StringWriter();
        TextFormat.writeFormat(contentType, text, registry.metricFamilySamples());
        Exposition exposition = parse(text.toString());

        List<Sample> expected = new ArrayList<>();
        for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            for (Collector.MetricFamilySamples.Sample sample : family.samples) {
                Map<String, String> labels = new HashMap<>();
                for (int i = 0; i < sample.labelNames.size(); i++) {
                    labels.put(sample.labelNames.get(i), sample.labelValues.get(i));
                }
                expected.add(new Sample(sample.name, labels, sample.value));
            }
        }
        assertThat(exposition.samples()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(exposition.samples().stream()
                        .filter(sample -> exposition.part(sample) == Part.COUNTER)
                        .map(Sample::name)
                        .distinct())
                .containsExactlyInAnyOrder("requests_total", "size_bytes_count", "size_bytes_sum");
    }

    @Test
    void aBackslashBeforeAnythingElseStandsForItself() throws TextFormatException {
        assertThat(parse("up{re=\"\\d+\\\\\"} 1\n").samples())
                .isEqualTo(List.of(new Sample("up", Map.of("re", "\\d+\\"), 1)));
    }

    @Test
    void aGaugeMayBeNamedLikeAPartOfAnother() throws TextFormatException {
        Exposition exposition = parse("""
                # TYPE pod gauge
                # TYPE pod_created gauge
                pod_created 1767323045
                # TYPE took histogram
                # TYPE took_sum gauge
                took_sum 3
                """);
        assertThat(exposition.samples()).extracting(exposition::part).containsExactly(Part.VALUE, Part.VALUE);
    }
}
