package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    @Test
    void permitsOncePerInterval() {
        ManualTime time = new ManualTime();
        Throttle throttle = new Throttle(time, Duration.ofSeconds(1));

        assertThat(throttle.permits()).isTrue();
        time.pause(Duration.ofMillis(999));
        assertThat(throttle.permits()).isFalse();
        time.pause(Duration.ofMillis(1));
        assertThat(throttle.permits()).isTrue();
        assertThat(throttle.permits()).isFalse();
    }
}
