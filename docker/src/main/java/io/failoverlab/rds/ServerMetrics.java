package io.failoverlab.rds;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code AWS/RDS} tells of the server, from the engine's counters: differences between two readings. */
final class ServerMetrics {
    private final RdsMetrics metrics;
    private final double cores;
    private ContainerUsage last;

    /** @param cores that the server may use; the measure of its CPU utilisation */
    ServerMetrics(RdsMetrics metrics, double cores) {
        this.metrics = metrics;
        this.cores = cores;
    }

    /** Nothing for the first reading, and nothing for one whose counters began anew with the server. */
    synchronized List<Measurement> read(ContainerUsage usage) {
        ContainerUsage before = last;
        last = usage;
        if (before == null
                || usage.cpuNanos() < before.cpuNanos()
                || !usage.at().isAfter(before.at())) {
            return List.of();
        }
        Instant at = usage.at();
        double seconds = Duration.between(before.at(), at).toNanos() / 1e9;
        List<Measurement> found = new ArrayList<>();
        double cpu = (usage.cpuNanos() - before.cpuNanos()) / 1e9 / seconds / cores * 100;
        metrics.gauge(found, "CPUUtilization", "Percent", at, Math.min(100, cpu));
        ContainerUsage.Memory memory = usage.memory();
        metrics.gauge(found, "FreeableMemory", "Bytes", at, Math.max(0, memory.limitBytes() - memory.usedBytes()));
        memory.swapBytes().ifPresent(swap -> metrics.gauge(found, "SwapUsage", "Bytes", at, swap));
        if (before.network().isPresent() && usage.network().isPresent()) {
            ContainerUsage.Network from = before.network().get();
            ContainerUsage.Network to = usage.network().get();
            rate(found, "NetworkReceiveThroughput", at, from.receivedBytes(), to.receivedBytes(), seconds);
            rate(found, "NetworkTransmitThroughput", at, from.sentBytes(), to.sentBytes(), seconds);
        }
        return found;
    }

    private void rate(List<Measurement> found, String name, Instant at, long from, long to, double seconds) {
        if (to >= from) {
            metrics.gauge(found, name, "Bytes/Second", at, (to - from) / seconds);
        }
    }
}
