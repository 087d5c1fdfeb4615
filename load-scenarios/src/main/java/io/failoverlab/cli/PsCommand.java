package io.failoverlab.cli;

import io.failoverlab.engine.Engine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "ps",
        description = "List the processes of an instance; without one, CPU, memory and the busiest process of each.")
final class PsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        RunningLab lab = RunningLab.find();
        Engine engine = Engine.connect();
        List<List<String>> rows = instance == null
                ? InstanceUsage.rows(engine, lab.session().run())
                : lab.container(engine, instance).processes();
        json.print(rows, Terminal.ofProcess());
        return ExitCode.PASS;
    }
}
