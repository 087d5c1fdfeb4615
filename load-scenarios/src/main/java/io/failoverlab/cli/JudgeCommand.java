package io.failoverlab.cli;

import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.History;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
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
        Map<String, String> expectations = expectations(history);
        History judged = history.withExpectations(expectations);
        Judgement judgement = Judge.judge(judged);
        boolean others = !expectations.equals(history.run().experiment().expectations());
        return RunCommand.conclude(
                Terminal.ofProcess(), new RunOutcome(folder, judged, others ? marked(judgement) : judgement));
    }

    /** The history keeps what the run was made with, and so do comparisons with it: the reports must not look as if they did. */
    private static Judgement marked(Judgement judgement) {
        return judgement.withSentence(judgement.sentence() + " Judged by other expectations than those of the run.");
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
