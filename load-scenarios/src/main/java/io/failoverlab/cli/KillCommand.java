package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "kill", description = "SIGKILL an instance, or only the server process inside it (kill -9 PID).")
final class KillCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(names = "--process", description = "Kill the server process; the instance itself goes on.")
    private boolean process;

    @Option(names = "--for", paramLabel = "TIME", description = "Undo it after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @Override
    public Integer call() {
        return FaultRequests.inject(process ? "kill-process" : "kill", instance, limit);
    }
}
