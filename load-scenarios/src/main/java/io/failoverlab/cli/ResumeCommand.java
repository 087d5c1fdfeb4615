package io.failoverlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let a paused instance go on; undoes every fault on it.")
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.heal(instance);
    }
}
