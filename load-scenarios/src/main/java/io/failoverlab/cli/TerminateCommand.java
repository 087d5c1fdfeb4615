package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "terminate",
        description = "Terminate a web server for good: deregistered, drained, shut down, removed.")
final class TerminateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-2a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Terminate(instance));
    }
}
