package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSummaryTest {
    /** A request every ten milliseconds for ten seconds, the n-th of each second taking n milliseconds; some fail. */
    private static List<RequestSample> tenSeconds() {
        List<RequestSample> samples = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            samples.add(new RequestSample("item", millis(10L * i), millis(1 + i % 100), true, 200, ""));
        }
        samples.set(500, new RequestSample("item", millis(5000), millis(1), false, 502, "status.find.is(200)"));
        samples.set(600, new RequestSample("item", millis(6000), millis(1), false, 503, "status.find.is(200)"));
        samples.set(700, new RequestSample("item", millis(7000), millis(1), false, 0, "Premature close"));
        return samples;
    }

    @Test
    void whatStartsInTheStretchIsSummedUp() {
        LoadSummary summary = LoadSummary.of(tenSeconds(), Duration.ofSeconds(2), Duration.ofSeconds(10));

        assertThat(summary)
                .isEqualTo(new LoadSummary(
                        Duration.ofSeconds(8),
                        800,
                        Map.of(FailureCause.HTTP_5XX, 2L, FailureCause.CONNECTION_LOST, 1L),
                        millis(50),
                        millis(95),
                        millis(99),
                        millis(100)));
        assertThat(summary.ok()).isEqualTo(797);
        assertThat(summary.rate()).isEqualTo(100.0);
    }

    @Test
    void aPersonReadsItInAFewLines() {
        assertThat(LoadSummary.of(tenSeconds(), Duration.ofSeconds(2), Duration.ofSeconds(10))
                        .lines())
                .containsExactly(
                        "requests  800 in 8 s, 100.0/s",
                        "ok        797",
                        "failed    3 (0.375 %)",
                        "          2 HTTP 5xx",
                        "          1 connection lost",
                        "latency   p50 50 ms, p95 95 ms, p99 99 ms, max 100 ms");
    }

    @Test
    void anEmptyStretchIsRefused() {
        assertThatThrownBy(() -> LoadSummary.of(List.of(), millis(2000), millis(2000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stretch: expected an end after its begin, found 2000 to 2000 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "p99<500ms, 99 ms, true",
        "p99<99ms, 99 ms, false",
        "p99<=99ms, 99 ms, true",
        "p50 < 0.05s, 50 ms, false",
        "p95>=95ms, 95 ms, true",
        "max>100ms, 100 ms, false",
        "errors<0.1%, 0.375 %, false",
        "errors<=0.375%, 0.375 %, true",
        "errors<=3, 3, true",
        "rate>=295/s, 100.0/s, false",
        "rate>=100, 100.0/s, true",
        "requests>=800, 800, true"
    })
    void aThresholdIsMeasuredAndPassesOrFails(String expression, String value, boolean passed) {
        LoadSummary summary = LoadSummary.of(tenSeconds(), Duration.ofSeconds(2), Duration.ofSeconds(10));

        assertThat(Threshold.parse(expression).check(summary))
                .isEqualTo(new Threshold.Result(expression, value, passed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors<0.1%", "p99<500ms", "rate<=5"})
    void withoutRequestsNoThresholdPasses(String expression) {
        LoadSummary nothing = LoadSummary.of(List.of(), millis(0), millis(1000));

        assertThat(Threshold.parse(expression).check(nothing))
                .isEqualTo(new Threshold.Result(expression, "no requests", false));
    }

    @Test
    void resultsAreShownInColumns() {
        assertThat(Threshold.Result.lines(List.of(
                        new Threshold.Result("p99<500ms", "34 ms", true),
                        new Threshold.Result("errors<0.1%", "0.375 %", false))))
                .containsExactly("p99<500ms      34 ms  pass", "errors<0.1%  0.375 %  FAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p99", "p99<500", "p98<500ms", "errors<1ms", "rate>=295%", "p99=500ms", "p99<-1ms"})
    void whatIsNoThresholdIsRefused(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("threshold: expected p50, p95, p99 or max with ms or s (p99<500ms), ")
                .hasMessageEndingWith(", found \"" + text + '"');
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
