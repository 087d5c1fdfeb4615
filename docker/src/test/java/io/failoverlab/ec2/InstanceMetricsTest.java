package io.failoverlab.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceMetricsTest {
    private static final Instant T0 = Instant.parse("2026-11-24T02:00:00.500Z");
    private static final Map<String, String> DIMENSIONS = Map.of("InstanceId", "i-a");

    private final InstanceMetrics metrics = new InstanceMetrics("i-a", 0.5);

    @Test
    void cpuIsAShareOfWhatTheInstanceTypeGrants() {
        metrics.read(new ContainerUsage(T0, 0, 0, 100, 200));

        assertThat(metrics.read(new ContainerUsage(T0.plusSeconds(1), 250_000_000, 0, 1100, 700)))
                .contains(List.of(
                        Measurement.of("AWS/EC2", "CPUUtilization", DIMENSIONS, "Percent", second(1), 50),
                        Measurement.of("AWS/EC2", "NetworkIn", DIMENSIONS, "Bytes", second(1), 1000),
                        Measurement.of("AWS/EC2", "NetworkOut", DIMENSIONS, "Bytes", second(1), 500)));
    }

    @Test
    void theFirstReadingAndOneAfterARestartGiveNothing() {
        assertThat(metrics.read(new ContainerUsage(T0, 900, 0, 0, 0))).isEmpty();
        assertThat(metrics.read(new ContainerUsage(T0.plusSeconds(1), 10, 0, 0, 0)))
                .isEmpty();
        assertThat(metrics.read(new ContainerUsage(T0.plusSeconds(2), 20, 0, 0, 0)))
                .isPresent();
    }

    @Test
    void aStatusCheckIsOneWhenItFailed() {
        assertThat(metrics.statusCheck(T0, true))
                .isEqualTo(Measurement.of("AWS/EC2", "StatusCheckFailed", DIMENSIONS, "Count", second(0), 1));
        assertThat(metrics.statusCheck(T0, false).values()).containsExactly(0.0);
    }

    private static Instant second(int offset) {
        return Instant.parse("2026-11-24T02:00:00Z").plusSeconds(offset);
    }
}
