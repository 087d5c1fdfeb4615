package io.failoverlab.cli;

import io.failoverlab.engine.Engine;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        description = "Run a command inside an instance as its own user.",
        footer = {"", "Example:  lab exec web-1a -- ps -ef"})
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> command;

    @Option(names = "--limit", paramLabel = "TIME", description = "Give up after that time (default: 25s, the most).")
    private Duration limit = Duration.ofSeconds(25);

    @Override
    public Integer call() {
        ExecResult result =
                RunningLab.find().container(Engine.connect(), instance).exec(limit, command.toArray(String[]::new));
        System.out.print(result.stdout());
        System.out.flush();
        System.err.print(result.stderr());
        return (int) result.exitCode();
    }
}
