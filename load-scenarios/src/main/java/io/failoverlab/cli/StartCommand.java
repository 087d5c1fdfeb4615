package io.failoverlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start an instance that was stopped or killed; undoes every fault on it.")
final class StartCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.heal(instance);
    }
}
