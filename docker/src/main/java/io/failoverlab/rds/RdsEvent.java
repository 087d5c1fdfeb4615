package io.failoverlab.rds;

import io.failoverlab.telemetry.StackEvent;
import java.time.Instant;

/** What RDS tells of databases, by AWS's numbers (RDS User Guide, "Amazon RDS event categories and event messages"). */
public enum RdsEvent {
    BACKUP_STARTED(1, "backup", "Backing up DB instance."),
    BACKUP_FINISHED(2, "backup", "Finished DB instance backup."),
    INSTANCE_SHUT_DOWN(4, "availability", "DB instance shutdown."),
    INSTANCE_CREATED(5, "creation", "DB instance created."),
    INSTANCE_RESTARTED(6, "availability", "DB instance restarted."),
    STORAGE_EXHAUSTED(
            7, "low storage", "Allocated storage has been exhausted. Allocate additional storage to resolve."),
    RESTORED_FROM_SNAPSHOT(8, "restoration", "Restored from DB snapshot %s."),
    FAILOVER_STARTED(13, "failover", "Multi-AZ instance failover started."),
    FAILOVER_TO_STANDBY(
            15, "failover", "Multi-AZ failover to standby complete - DNS propagation may take a few minutes."),
    STORAGE_MODIFIED(17, "configuration change", "Finished applying modification to allocated storage."),
    STORAGE_MODIFYING(18, "configuration change", "Applying modification to allocated storage."),
    RESTORED_TO_TIME(19, "restoration", "Restored from DB instance %s to %s."),
    MULTI_AZ_STARTED(24, "configuration change", "Applying modification to convert to a Multi-AZ DB instance."),
    MULTI_AZ_FINISHED(
            25, "configuration change", "Finished applying modification to convert to a Multi-AZ DB instance."),
    BACKUPS_DISABLED(28, "configuration change", "Disabled automated backups."),
    BACKUPS_ENABLED(32, "configuration change", "Enabled automated backups."),
    FAILOVER_ABANDONED(
            34,
            "failover",
            "Abandoning user requested failover since a failover recently occurred on the database instance."),
    PARAMETER_UPDATED(37, "configuration change", "Updated parameter %s to %s with apply method %s."),
    SNAPSHOT_STARTED(40, "creation", "Creating manual snapshot."),
    SNAPSHOT_DELETED(41, "deletion", "Deleted user snapshot."),
    SNAPSHOT_CREATED(42, "creation", "Manual snapshot created."),
    REPLICATION_STOPPED(45, "read replica", "Replication has stopped."),
    REPLICATION_RESUMED(46, "read replica", "Replication for the Read Replica resumed."),
    FAILOVER_COMPLETED(49, "failover", "Multi-AZ instance failover completed."),
    RECOVERY_STARTED(52, "recovery", "Multi-AZ instance recovery started."),
    RECOVERY_COMPLETED(53, "recovery", "Multi-AZ instance recovery completed. Pending failover or activation."),
    REPLICATION_TERMINATED(57, "read replica", "Replication streaming has been terminated."),
    STORAGE_LOW(
            89,
            "low storage",
            "The free storage capacity for DB instance %s is low at %s%% of the provisioned storage"
                    + " [Provisioned Storage: %s, Free Storage: %s]."),
    AUTOMATED_SNAPSHOT_STARTED(90, "creation", "Creating automated snapshot."),
    AUTOMATED_SNAPSHOT_CREATED(91, "creation", "Automated snapshot created.");

    private final int number;
    private final String category;
    private final String message;

    RdsEvent(int number, String category, String message) {
        this.number = number;
        this.category = category;
        this.message = message;
    }

    /**
     * The event as it is told.
     *
     * @param source identifier of the DB instance, of its snapshot or of its parameter group
     * @param values for the places in the message, in their order
     */
    public StackEvent.DatabaseEvent of(Instant at, String source, Object... values) {
        return new StackEvent.DatabaseEvent(at, source, id(), category, message.formatted(values));
    }

    /** With what the lab knows besides, after RDS's own words. */
    StackEvent with(Instant at, String source, String detail) {
        StackEvent.DatabaseEvent plain = of(at, source);
        return detail.isEmpty()
                ? plain
                : new StackEvent.DatabaseEvent(
                        at, source, plain.id(), plain.category(), plain.message() + " (" + detail + ")");
    }

    /** Such as {@code RDS-EVENT-0013}. */
    public String id() {
        return "RDS-EVENT-%04d".formatted(number);
    }
}
