package io.failoverlab.environment;

import io.failoverlab.rds.Backups;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbParameters;

/**
 * A DB instance of RDS that there is.
 *
 * @param model as it was asked for
 * @param server the one that takes its writes
 */
public record RunningDatabase(
        io.failoverlab.topology.DbInstance model, DbInstance server, DbParameters parameters, Backups backups) {
    public String identifier() {
        return model.identifier();
    }
}
