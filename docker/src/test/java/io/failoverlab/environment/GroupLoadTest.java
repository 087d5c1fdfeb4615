package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupLoadTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final GroupLoad load = new GroupLoad();

    @Test
    void theAverageIsThatOfEverySecondSinceItWasAskedForLast() {
        for (int second = 0; second < 59; second++) {
            measure("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1"), second, 10);
        }
        measure("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1"), 59, 70);

        assertThat(load.averageCpu(List.of("i-1"))).hasValue(11);
        assertThat(load.averageCpu(List.of("i-1"))).isEmpty();
    }

    @Test
    void onlyTheInstancesInServiceCountEachByItsOwnMetric() {
        measure("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1"), 0, 20);
        measure("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-2"), 0, 40);
        measure("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-gone"), 0, 100);
        measure("AWS/EC2", "CPUUtilization", Map.of("AutoScalingGroupName", "web"), 0, 90);
        measure("AWS/RDS", "CPUUtilization", Map.of("DBInstanceIdentifier", "db-1"), 0, 90);

        assertThat(load.averageCpu(List.of("i-1", "i-2", "i-new"))).hasValue(30);
    }

    @Test
    void theRequestsOfAPeriodAreCountedAsThoseOfAMinute() {
        for (int second = 0; second < 6; second++) {
            measure("AWS/ApplicationELB", "RequestCountPerTarget", Map.of("TargetGroup", "t"), second, 50);
            measure(
                    "AWS/ApplicationELB",
                    "RequestCountPerTarget",
                    Map.of("TargetGroup", "t", "LoadBalancer", "l"),
                    second,
                    50);
        }

        assertThat(load.requestsPerMinute(Duration.ofSeconds(6))).hasValue(3000);
        assertThat(load.requestsPerMinute(Duration.ofSeconds(6))).isEmpty();
    }

    private void measure(String namespace, String name, Map<String, String> dimensions, int second, double value) {
        load.measured(
                List.of(Measurement.of(namespace, name, dimensions, "Percent", START.plusSeconds(second), value)));
    }
}
