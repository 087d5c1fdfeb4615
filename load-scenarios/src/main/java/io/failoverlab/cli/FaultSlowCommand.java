package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "slow", description = "The application answers every request two seconds late.")
final class FaultSlowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--for", paramLabel = "TIME", description = "Undo it after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @Override
    public Integer call() {
        return FaultRequests.inject("slow", instance, limit, 0);
    }
}
