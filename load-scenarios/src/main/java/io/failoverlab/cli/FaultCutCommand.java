package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cut", description = "An instance is cut off all its networks: a black hole; it runs on.")
final class FaultCutCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as db-1.")
    private String instance;

    @Option(names = "--for", paramLabel = "TIME", description = "Undo it after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @Override
    public Integer call() {
        return FaultRequests.inject("cut", instance, limit, 0);
    }
}
