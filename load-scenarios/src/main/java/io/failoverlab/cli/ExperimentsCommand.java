package io.failoverlab.cli;

import io.failoverlab.document.DurationText;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "experiments",
        description = "List the built-in experiments, each with the question that it answers.",
        footer = {"", "Run one:  lab run kill-one-web"})
final class ExperimentsCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("EXPERIMENT", "STACK", "TAKES", "QUESTION"));
        for (String name : ExperimentFile.builtIn()) {
            Experiment experiment = ExperimentFile.read(name);
            rows.add(List.of(
                    name,
                    experiment.topology().name(),
                    DurationText.print(experiment.load().duration()),
                    ExperimentFile.question(name)));
        }
        json.print(rows, Terminal.ofProcess());
        return ExitCode.PASS;
    }
}
