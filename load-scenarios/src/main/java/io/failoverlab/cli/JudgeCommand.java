package io.failoverlab.cli;

import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.History;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "judge",
        description = "Judge a stored run again and write its reports anew, also by other expectations.",
        footer = {"", "Example:  lab judge runs/kill-one-web/latest --expect 'p99 during < 250 ms'"})
final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of a run, such as runs/kill-one-web/latest.")
    private Path folder;

    @Option(
            names = "--expect",
            paramLabel = "EXPECTATION",
            description = "Beside what the run's experiment expects, or instead of what it expects of the same figure;"
                    + " such as 'requests lost = 0'. Can be repeated.")
    private List<String> expect = List.of();

    @Option(
            names = "--experiment",
            paramLabel = "NAME|FILE",
            description = "Take the expectations of this experiment instead of those that the run was made with.")
    private String experiment;

    @Override
    public Integer call() throws IOException {
        History history = StoredRuns.one(folder);
        History judged = history.withExpectations(expectations(history));
        return RunCommand.conclude(Terminal.ofProcess(), new RunOutcome(folder, judged, Judge.judge(judged)));
    }

    private Map<String, String> expectations(History history) {
        Map<String, String> expectations = new LinkedHashMap<>(
                experiment == null
                        ? history.run().experiment().expectations()
                        : ExperimentFile.read(experiment).expectations());
        expectations.putAll(ExpectOption.parse(expect));
        return expectations;
    }
}
