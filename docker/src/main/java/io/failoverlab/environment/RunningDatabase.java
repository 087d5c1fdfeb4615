package io.failoverlab.environment;

import io.failoverlab.rds.Backups;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbParameters;
import java.util.function.Supplier;

/**
 * A DB instance of RDS that there is.
 *
 * @param identifier stays the same whichever server takes the writes
 * @param model as it was asked for
 * @param writer the server that takes the writes now
 */
public record RunningDatabase(
        String identifier,
        io.failoverlab.topology.DbInstance model,
        Supplier<DbInstance> writer,
        DbParameters parameters,
        Backups backups) {
    /** The server that takes the writes now. */
    public DbInstance server() {
        return writer.get();
    }
}
