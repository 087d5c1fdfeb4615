package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Freeze every process of an instance: it hangs.")
final class PauseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--for", paramLabel = "TIME", description = "Resume it after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @Override
    public Integer call() {
        return FaultRequests.inject("pause", instance, limit);
    }
}
