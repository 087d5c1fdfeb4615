package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "failover",
        description = "Fail a Multi-AZ database over to its standby (RDS: reboot with failover).",
        footer = {"", "Refused as on RDS while a failover is under way, and until the standby is in sync again."})
final class FailoverCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATABASE", description = "db, or its identifier, such as db-1.")
    private String database;

    @Option(
            names = "--force",
            description = "Also to a standby that is not in sync; without it, says what that would lose.")
    private boolean force;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Failover(database, force));
    }
}
