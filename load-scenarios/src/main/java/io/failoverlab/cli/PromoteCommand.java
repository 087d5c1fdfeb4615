package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = "Make a database of its own of a read replica: replication ends, and it takes writes.",
        footer = {"", "Example:  lab promote db-1-replica"})
final class PromoteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REPLICA", description = "Such as db-1-replica.")
    private String replica;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Promote(replica));
    }
}
