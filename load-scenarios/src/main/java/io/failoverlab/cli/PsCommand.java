package io.failoverlab.cli;

import io.failoverlab.engine.Engine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ps", description = "List the processes of an instance.")
final class PsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Override
    public Integer call() {
        RunningLab lab = RunningLab.find();
        List<List<String>> rows = lab.container(Engine.connect(), instance).processes();
        Table.print(rows, Terminal.ofProcess()::data);
        return ExitCode.PASS;
    }
}
