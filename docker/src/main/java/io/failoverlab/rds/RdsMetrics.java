package io.failoverlab.rds;

import io.failoverlab.telemetry.Cadence;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Names, dimensions and cadence of the metrics of {@code AWS/RDS} (RDS User Guide, "Amazon CloudWatch metrics for Amazon RDS"
 * and "Amazon CloudWatch dimensions for Amazon RDS"). Every metric is published for the instance, for all of its class and for
 * all of its engine, once a minute.
 *
 * <p>Left out for having no meaning here: {@code BurstBalance}, {@code EBSIOBalance%} and {@code EBSByteBalance%} (no volume
 * with credits), {@code CheckpointLag}, {@code MaximumUsedTransactionIDs}, {@code OldestReplicationSlotLag}, {@code
 * ReplicationSlotDiskUsage} and {@code TransactionLogsDiskUsage} (PostgreSQL's), and {@code CPUCredit…} (kept for the server,
 * in {@code AWS/EC2}). {@code ReplicaLag} is a read replica's alone.
 *
 * @param sets of dimensions
 */
record RdsMetrics(List<Map<String, String>> sets) {
    private static final String NAMESPACE = "AWS/RDS";

    RdsMetrics {
        sets = List.copyOf(sets);
    }

    /** @param dbClass such as {@code db.t3.small} */
    static RdsMetrics of(String identifier, String dbClass) {
        return new RdsMetrics(List.of(
                Map.of("DBInstanceIdentifier", identifier),
                Map.of("DatabaseClass", dbClass),
                Map.of("EngineName", "mysql")));
    }

    /** A share, a rate, or a size that is read off: AWS's minute has their mean. */
    void gauge(List<Measurement> measurements, String name, String unit, Instant at, double value) {
        add(measurements, name, unit, at, value, Cadence.Merge.MEAN);
    }

    /** What is counted in the time since the last reading. */
    void count(List<Measurement> measurements, String name, Instant at, double value) {
        add(measurements, name, "Count", at, value, Cadence.Merge.SUM);
    }

    private void add(
            List<Measurement> measurements, String name, String unit, Instant at, double value, Cadence.Merge merge) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        for (Map<String, String> set : sets) {
            measurements.add(
                    Measurement.of(NAMESPACE, name, set, unit, second, value).withCadence(Cadence.everyMinute(merge)));
        }
    }
}
