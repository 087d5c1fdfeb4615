package io.failoverlab.topology;

import java.util.OptionalLong;

/**
 * What RDS asks for a database beside its class and its zone.
 *
 * @param allocatedStorage size of its volume in bytes; empty for as much as the machine's disk has
 * @param redundancy what a Multi-AZ database's standby is; without one it means nothing
 */
public record DbOptions(
        ParameterGroup parameterGroup, BackupPolicy backups, OptionalLong allocatedStorage, Redundancy redundancy) {
    public static final DbOptions DEFAULT =
            new DbOptions(ParameterGroup.DEFAULT, BackupPolicy.DEFAULT, OptionalLong.empty());

    /** With a hot standby, if any. */
    public DbOptions(ParameterGroup parameterGroup, BackupPolicy backups, OptionalLong allocatedStorage) {
        this(parameterGroup, backups, allocatedStorage, Redundancy.HOT);
    }

    /** The same with that much storage for each server. */
    public DbOptions withAllocatedStorage(long bytes) {
        return new DbOptions(parameterGroup, backups, OptionalLong.of(bytes), redundancy);
    }

    /** The same with another standby. */
    public DbOptions withRedundancy(Redundancy other) {
        return new DbOptions(parameterGroup, backups, allocatedStorage, other);
    }
}
