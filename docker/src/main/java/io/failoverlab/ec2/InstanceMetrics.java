package io.failoverlab.ec2;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns an instance's counters into the metrics of {@code AWS/EC2}: differences between two readings. */
final class InstanceMetrics {
    private static final String NAMESPACE = "AWS/EC2";

    private final Map<String, String> dimensions;
    private final double vcpus;
    private ContainerUsage last;

    InstanceMetrics(String instanceId, double vcpus) {
        this.dimensions = Map.of("InstanceId", instanceId);
        this.vcpus = vcpus;
    }

    /** Nothing for the first reading, and nothing for a reading whose counters began anew with the container. */
    synchronized Optional<List<Measurement>> read(ContainerUsage usage) {
        ContainerUsage before = last;
        last = usage;
        if (before == null
                || usage.cpuNanos() < before.cpuNanos()
                || !usage.at().isAfter(before.at())) {
            return Optional.empty();
        }
        long nanos = Duration.between(before.at(), usage.at()).toNanos();
        double cpu = 100.0 * (usage.cpuNanos() - before.cpuNanos()) / nanos / vcpus;
        Instant at = usage.at().truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(List.of(
                Measurement.of(NAMESPACE, "CPUUtilization", dimensions, "Percent", at, Math.min(cpu, 100)),
                Measurement.of(
                        NAMESPACE,
                        "NetworkIn",
                        dimensions,
                        "Bytes",
                        at,
                        Math.max(0, usage.receivedBytes() - before.receivedBytes())),
                Measurement.of(
                        NAMESPACE,
                        "NetworkOut",
                        dimensions,
                        "Bytes",
                        at,
                        Math.max(0, usage.sentBytes() - before.sentBytes()))));
    }

    Measurement statusCheck(Instant at, boolean failed) {
        return Measurement.of(
                NAMESPACE,
                "StatusCheckFailed",
                dimensions,
                "Count",
                at.truncatedTo(ChronoUnit.SECONDS),
                failed ? 1 : 0);
    }
}
