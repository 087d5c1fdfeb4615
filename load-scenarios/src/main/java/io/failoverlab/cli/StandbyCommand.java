package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "standby",
        description = "Take a web server out of its Auto Scaling group's service, to look at it while it runs.",
        footer = {"", "Another takes its place. On its return the desired capacity grows by one, as on AWS."})
final class StandbyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--exit", description = "Put it into service again.")
    private boolean exit;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Standby(instance, !exit));
    }
}
