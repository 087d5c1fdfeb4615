package io.failoverlab.engine;

import com.github.dockerjava.api.model.BlkioStatEntry;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the engine's statistics of a container, whose names and gaps differ between the two versions of control groups.
 * Pure.
 */
final class Counters {
    private static final String READ = "read";
    private static final String WRITE = "write";

    private Counters() {}

    /** Empty for the last reading of a container that ended, which has no counters. */
    static Optional<ContainerUsage> of(Statistics statistics) {
        if (statistics.getCpuStats() == null
                || statistics.getCpuStats().getCpuUsage() == null
                || statistics.getMemoryStats() == null
                || statistics.getMemoryStats().getUsage() == null
                || statistics.getRead() == null) {
            return Optional.empty();
        }
        return Optional.of(new ContainerUsage(
                Instant.parse(statistics.getRead()),
                orZero(statistics.getCpuStats().getCpuUsage().getTotalUsage()),
                memory(statistics.getMemoryStats()),
                network(statistics),
                disk(statistics)));
    }

    private static ContainerUsage.Memory memory(MemoryStatsConfig memory) {
        StatsConfig stats = memory.getStats() == null ? new StatsConfig() : memory.getStats();
        // Version 1 counts what belongs to groups below as well under names that begin with "total".
        long files = stats.getTotalInactiveFile() == null
                ? orZero(stats.getInactiveFile()) + orZero(stats.getActiveFile())
                : orZero(stats.getTotalInactiveFile()) + orZero(stats.getTotalActiveFile());
        return new ContainerUsage.Memory(
                orZero(memory.getLimit()),
                Math.max(0, memory.getUsage() - files),
                Stream.of(Optional.ofNullable(stats.getTotalSwap()), Optional.ofNullable(stats.getSwap()))
                        .flatMap(Optional::stream)
                        .mapToLong(Long::longValue)
                        .findFirst());
    }

    private static Optional<ContainerUsage.Network> network(Statistics statistics) {
        if (statistics.getNetworks() == null || statistics.getNetworks().isEmpty()) {
            return Optional.empty();
        }
        ContainerUsage.Network all = ContainerUsage.Network.NONE;
        for (StatisticNetworksConfig one : statistics.getNetworks().values()) {
            all = new ContainerUsage.Network(
                    all.receivedBytes() + orZero(one.getRxBytes()),
                    all.sentBytes() + orZero(one.getTxBytes()),
                    all.receivedPackets() + orZero(one.getRxPackets()),
                    all.sentPackets() + orZero(one.getTxPackets()));
        }
        return Optional.of(all);
    }

    private static Optional<ContainerUsage.Disk> disk(Statistics statistics) {
        if (statistics.getBlkioStats() == null) {
            return Optional.empty();
        }
        List<BlkioStatEntry> bytes = statistics.getBlkioStats().getIoServiceBytesRecursive();
        List<BlkioStatEntry> operations = statistics.getBlkioStats().getIoServicedRecursive();
        // An empty list is what an idle container has, and one whose kernel does not count.
        if (bytes == null || bytes.isEmpty() || operations == null || operations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ContainerUsage.Disk(
                sum(bytes, READ), sum(bytes, WRITE), sum(operations, READ), sum(operations, WRITE)));
    }

    private static long sum(List<BlkioStatEntry> entries, String operation) {
        return entries.stream()
                .filter(entry -> operation.equalsIgnoreCase(entry.getOp()))
                .mapToLong(entry -> orZero(entry.getValue()))
                .sum();
    }

    private static long orZero(Long value) {
        return value == null ? 0 : value;
    }
}
