package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "protect",
        description = "Protect a web server from termination by people (disableApiTermination).",
        footer = {"", "As on AWS it still can shut down by itself, fail, or be replaced by an Auto Scaling group."})
final class ProtectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--off", description = "Take the protection off.")
    private boolean off;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Protect(instance, !off));
    }
}
