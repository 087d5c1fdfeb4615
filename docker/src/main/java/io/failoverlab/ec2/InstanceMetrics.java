package io.failoverlab.ec2;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Cadence;
import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Turns an instance's counters into the metrics of {@code AWS/EC2}: differences between two readings.
 *
 * <p>Left out for having no meaning here: {@code MetadataNoToken} (no metadata service), {@code EBS…} (no volumes of their
 * own; the containers' file systems are one disk) and {@code StatusCheckFailed_AttachedEBS}. Memory is not a metric of
 * {@code AWS/EC2} there either. Disk metrics are left out where the kernel does not count them by container.
 */
final class InstanceMetrics {
    private static final String NAMESPACE = "AWS/EC2";
    private static final String PERCENT = "Percent";
    private static final String BYTES = "Bytes";
    private static final String COUNT = "Count";

    private final Watched watched;
    private final double cores;
    private final Optional<CpuCredits> credits;
    private ContainerUsage last;

    /** @param cores that the instance may use; the measure of its CPU utilisation */
    InstanceMetrics(Watched watched, double cores) {
        this.watched = watched;
        this.cores = cores;
        this.credits = watched.type().flatMap(CpuCredits::of);
    }

    /** Nothing for the first reading, and nothing for a reading whose counters began anew with the container. */
    synchronized List<Measurement> read(ContainerUsage usage) {
        ContainerUsage before = last;
        last = usage;
        if (before == null
                || usage.cpuNanos() < before.cpuNanos()
                || !usage.at().isAfter(before.at())) {
            return List.of();
        }
        Instant at = usage.at().truncatedTo(ChronoUnit.SECONDS);
        Duration time = Duration.between(before.at(), usage.at());
        double cpu = Math.min(100, 100.0 * (usage.cpuNanos() - before.cpuNanos()) / time.toNanos() / cores);
        List<Measurement> measurements = new ArrayList<>();
        addTo(measurements, "CPUUtilization", PERCENT, at, cpu, watched.cadence(Cadence.Merge.MEAN));
        usage.network().ifPresent(now -> addNetwork(measurements, at, before.network(), now));
        usage.disk().ifPresent(now -> addDisk(measurements, at, before.disk(), now));
        credits.ifPresent(account -> addCredits(measurements, at, account.add(time, cpu)));
        return measurements;
    }

    private void addNetwork(
            List<Measurement> measurements,
            Instant at,
            Optional<ContainerUsage.Network> before,
            ContainerUsage.Network now) {
        Cadence cadence = watched.cadence(Cadence.Merge.SUM);
        // Packets are counted for five minutes whatever the monitoring is.
        Cadence packets = Cadence.everyFiveMinutes(Cadence.Merge.SUM);
        addTo(measurements, "NetworkIn", BYTES, at, more(before, now, ContainerUsage.Network::receivedBytes), cadence);
        addTo(measurements, "NetworkOut", BYTES, at, more(before, now, ContainerUsage.Network::sentBytes), cadence);
        addTo(
                measurements,
                "NetworkPacketsIn",
                COUNT,
                at,
                more(before, now, ContainerUsage.Network::receivedPackets),
                packets);
        addTo(
                measurements,
                "NetworkPacketsOut",
                COUNT,
                at,
                more(before, now, ContainerUsage.Network::sentPackets),
                packets);
    }

    private void addDisk(
            List<Measurement> measurements, Instant at, Optional<ContainerUsage.Disk> before, ContainerUsage.Disk now) {
        Cadence cadence = watched.cadence(Cadence.Merge.SUM);
        addTo(measurements, "DiskReadOps", COUNT, at, more(before, now, ContainerUsage.Disk::reads), cadence);
        addTo(measurements, "DiskWriteOps", COUNT, at, more(before, now, ContainerUsage.Disk::writes), cadence);
        addTo(measurements, "DiskReadBytes", BYTES, at, more(before, now, ContainerUsage.Disk::readBytes), cadence);
        addTo(measurements, "DiskWriteBytes", BYTES, at, more(before, now, ContainerUsage.Disk::writtenBytes), cadence);
    }

    /** A counter that was not there before, or was higher, began at zero since: with a network, or the first use of a disk. */
    private static <T> long more(Optional<T> before, T now, ToLongFunction<T> counter) {
        long from = before.map(counter::applyAsLong).orElse(0L);
        long to = counter.applyAsLong(now);
        return to < from ? to : to - from;
    }

    private void addCredits(List<Measurement> measurements, Instant at, CpuCredits.Reading reading) {
        Cadence sum = Cadence.everyFiveMinutes(Cadence.Merge.SUM);
        Cadence last = Cadence.everyFiveMinutes(Cadence.Merge.LAST);
        addTo(measurements, "CPUCreditUsage", COUNT, at, reading.used(), sum);
        addTo(measurements, "CPUCreditBalance", COUNT, at, reading.balance(), last);
        addTo(measurements, "CPUSurplusCreditBalance", COUNT, at, reading.surplus(), last);
        addTo(measurements, "CPUSurplusCreditsCharged", COUNT, at, reading.charged(), sum);
    }

    private void addTo(
            List<Measurement> measurements, String name, String unit, Instant at, double value, Cadence cadence) {
        for (Map<String, String> set : watched.usage()) {
            measurements.add(
                    Measurement.of(NAMESPACE, name, set, unit, at, value).withCadence(cadence));
        }
    }

    List<Measurement> statusChecks(Instant at, StatusChecks checks) {
        List<Measurement> measurements = new ArrayList<>();
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        for (Map<String, String> set : watched.statusChecks()) {
            measurements.add(check("StatusCheckFailed", set, second, checks.anyFailed()));
            measurements.add(check("StatusCheckFailed_Instance", set, second, checks.instanceFailed()));
            measurements.add(check("StatusCheckFailed_System", set, second, checks.systemFailed()));
        }
        return measurements;
    }

    private static Measurement check(String name, Map<String, String> set, Instant at, boolean failed) {
        return Measurement.of(NAMESPACE, name, set, COUNT, at, failed ? 1 : 0)
                .withCadence(Cadence.everyMinute(Cadence.Merge.LAST));
    }
}
