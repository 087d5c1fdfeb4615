package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTest {
    @Test
    void theDefaultOfElbIsKeptForComparison() {
        assertThat(HealthCheck.ELB_DEFAULT)
                .hasToString("GET / every 30s, timeout 5s, healthy after 5, unhealthy after 2, matcher 200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            healthz  | 0 | 1000   | 500    | 2  | 2  | expected a path such as /healthz, found 'healthz'
            /a b     | 0 | 1000   | 500    | 2  | 2  | expected a path such as /healthz, found '/a b'
            /healthz | 70000 | 1000 | 500  | 2  | 2  | expected a port from 1 to 65535, found 70000
            /healthz | 0 | 99     | 50     | 2  | 2  | expected interval of 100ms to 5m, found 99ms
            /healthz | 0 | 300001 | 50     | 2  | 2  | expected interval of 100ms to 5m, found 5m1ms
            /healthz | 0 | 1000   | 49     | 2  | 2  | expected timeout of 50ms to 2m, found 49ms
            /healthz | 0 | 300000 | 120001 | 2  | 2  | expected timeout of 50ms to 2m, found 2m1ms
            /healthz | 0 | 1000   | 1000   | 2  | 2  | expected a timeout below the interval of 1s, found 1s
            /healthz | 0 | 1000   | 500    | 1  | 2  | expected healthyThreshold of 2 to 10, found 1
            /healthz | 0 | 1000   | 500    | 11 | 2  | expected healthyThreshold of 2 to 10, found 11
            /healthz | 0 | 1000   | 500    | 2  | 1  | expected unhealthyThreshold of 2 to 10, found 1
            """)
    void valuesOutsideTheRangesAreRefused(
            String path, int port, int interval, int timeout, int healthy, int unhealthy, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck(
                        new HealthCheck.Question.Http(path, CodeMatcher.parse("200")),
                        port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                        Duration.ofMillis(interval),
                        Duration.ofMillis(timeout),
                        healthy,
                        unhealthy))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -5    | 0
            0     | 0
            1     | 1000
            999   | 1000
            1000  | 1000
            1001  | 2000
            61400 | 62000
            """)
    void theNextCheckIsTheFirstAtOrAfterTheMoment(long from, long next) {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(HealthCheck.LAB_DEFAULT.nextAt(first, first.plusMillis(from)))
                .isEqualTo(first.plusMillis(next));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200         | 200 | true
            200         | 201 | false
            200,301-399 | 200 | true
            200,301-399 | 300 | false
            200,301-399 | 301 | true
            200,301-399 | 399 | true
            """)
    void aMatcherTakesCodesAndRanges(String matcher, int code, boolean passes) {
        assertThat(CodeMatcher.parse(matcher).matches(code)).isEqualTo(passes);
        assertThat(CodeMatcher.parse(matcher)).hasToString(matcher);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""
            500
            99
            300-200
            200,
            2xx
            """)
    void anotherFormOfMatcherIsRefused(String matcher) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMatcher.parse(matcher))
                .withMessage("expected codes from 200 to 499 such as 200 or 200,301-399, found '" + matcher + "'");
    }
}
