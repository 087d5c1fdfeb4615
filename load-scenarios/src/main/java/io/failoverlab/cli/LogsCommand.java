package io.failoverlab.cli;

import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Print what an instance logged.")
final class LogsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a, lb or db-1.")
    private String instance;

    @Option(names = "--tail", paramLabel = "N", description = "The last N lines (default: ${DEFAULT-VALUE}).")
    private int tail = 200;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing until interrupted.")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        EngineContainer container = RunningLab.find().container(Engine.connect(), instance);
        if (!follow) {
            container.lastLogLines(tail).forEach(terminal::data);
            return ExitCode.PASS;
        }
        // ends with the process, on Ctrl-C
        container.followLog(terminal::data);
        new CountDownLatch(1).await();
        return ExitCode.PASS;
    }
}
