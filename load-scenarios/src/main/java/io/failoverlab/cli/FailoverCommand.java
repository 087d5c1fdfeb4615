package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "failover",
        description = "Fail a Multi-AZ database over to its standby (RDS: reboot with failover).",
        footer = {"", "Refused as on RDS while a failover is under way, and until the standby is in sync again."})
final class FailoverCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATABASE", description = "db, or its identifier, such as db-1.")
    private String database;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Failover(database));
    }
}
