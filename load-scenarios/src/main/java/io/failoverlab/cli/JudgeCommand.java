package io.failoverlab.cli;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "judge", description = "Judge a stored run again and write its reports anew.")
final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of a run, such as runs/kill-one-web/latest.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(folder.resolve("history.jsonl"))) {
            throw UserError.usage("expected the folder of a run, with history.jsonl in it, found " + folder
                    + "; `lab run` makes one under runs/");
        }
        History history = HistoryStore.load(folder);
        return RunCommand.conclude(Terminal.ofProcess(), new RunOutcome(folder, history, Judge.judge(history)));
    }
}
