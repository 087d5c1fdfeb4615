package io.failoverlab.topology;

import java.util.OptionalLong;

/**
 * What RDS asks for a database beside its class and its zone.
 *
 * @param allocatedStorage size of its volume in bytes; empty for as much as the machine's disk has
 */
public record DbOptions(ParameterGroup parameterGroup, BackupPolicy backups, OptionalLong allocatedStorage) {
    public static final DbOptions DEFAULT =
            new DbOptions(ParameterGroup.DEFAULT, BackupPolicy.DEFAULT, OptionalLong.empty());
}
