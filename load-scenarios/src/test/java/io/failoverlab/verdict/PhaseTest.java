package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.failed;
import static io.failoverlab.history.RunBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RunBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PhaseTest {

    @Test
    void everyPhaseHasItsRequestsLatenciesAndCauses() {
        RunBuilder run = RunBuilder.killOfOneOfTwo()
                .requests(
                        request(3_000, 10),
                        request(4_000, 20),
                        request(20_050, 30),
                        failed(20_060, 40, 502, ""),
                        failed(20_070, 10_000, 0, "Request timeout to 127.0.0.1"),
                        failed(20_080, 50, 503, ""));

        assertThat(Phase.of(run.build()))
                .containsExactly(
                        new Phase("before", 2, Map.of(), millis(10), millis(20), millis(20), millis(20)),
                        new Phase(
                                "during",
                                4,
                                Map.of(FailureCause.HTTP_5XX, 2L, FailureCause.TIMED_OUT, 1L),
                                millis(40),
                                millis(10_000),
                                millis(10_000),
                                millis(10_000)));
        assertThat(Phase.of(run.build()).getLast().causes()).isEqualTo("2 HTTP 5xx, 1 timed out");
        assertThat(Phase.of(run.build()).getFirst().causes()).isEqualTo("-");
    }

    @Test
    void lessThanAllIsNeverWrittenAsAll() {
        assertThat(available(1_000_000, 0)).isEqualTo("100 %");
        assertThat(available(1_000_000, 1)).isEqualTo("99.9999 %");
        assertThat(available(10_000, 123)).isEqualTo("98.7 %");
        assertThat(available(3, 1)).isEqualTo("66 %");
        assertThat(available(2, 2)).isEqualTo("0 %");
    }

    @Test
    void aRunThatWasNeverJudgedHasNone() {
        assertThat(Phase.of(RunBuilder.quiet().remove(JudgingStarted.class).build()))
                .isEmpty();
    }

    private static String available(long requests, long lost) {
        return new Phase(
                        "before",
                        requests,
                        lost == 0 ? Map.of() : Map.of(FailureCause.OTHER, lost),
                        millis(1),
                        millis(1),
                        millis(1),
                        millis(1))
                .availability();
    }

    private static Duration millis(long value) {
        return Duration.ofMillis(value);
    }
}
