package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
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
            healthz  | 1000   | 500    | 2  | 2 | 200 | expected a path such as /healthz, found 'healthz'
            /a b     | 1000   | 500    | 2  | 2 | 200 | expected a path such as /healthz, found '/a b'
            /healthz | 99     | 50     | 2  | 2 | 200 | expected interval of 100ms to 5m, found 99ms
            /healthz | 300001 | 50     | 2  | 2 | 200 | expected interval of 100ms to 5m, found 5m1ms
            /healthz | 1000   | 49     | 2  | 2 | 200 | expected timeout of 50ms to 2m, found 49ms
            /healthz | 300000 | 120001 | 2  | 2 | 200 | expected timeout of 50ms to 2m, found 2m1ms
            /healthz | 1000   | 1000   | 2  | 2 | 200 | expected a timeout below the interval of 1s, found 1s
            /healthz | 1000   | 500    | 1  | 2 | 200 | expected healthyThreshold of 2 to 10, found 1
            /healthz | 1000   | 500    | 11 | 2 | 200 | expected healthyThreshold of 2 to 10, found 11
            /healthz | 1000   | 500    | 2  | 1 | 200 | expected unhealthyThreshold of 2 to 10, found 1
            /healthz | 1000   | 500    | 2  | 2 | 500 | expected matcher of 200 to 499, found 500
            """)
    void valuesOutsideTheRangesAreRefused(
            String path, int interval, int timeout, int healthy, int unhealthy, int matcher, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck(
                        path, Duration.ofMillis(interval), Duration.ofMillis(timeout), healthy, unhealthy, matcher))
                .withMessage(message);
    }
}
