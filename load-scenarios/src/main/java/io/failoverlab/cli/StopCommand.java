package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop an instance in order, as EC2's StopInstances does.")
final class StopCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--for", paramLabel = "TIME", description = "Start it again after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @Override
    public Integer call() {
        return FaultRequests.inject("stop", instance, limit);
    }
}
