package io.failoverlab.cli;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.report.Annotations;
import io.failoverlab.report.MarkdownReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The pipeline that a command runs in, if it is one of GitHub's: it gets the summary of a run in the file that it names, and
 * annotations on standard error, where it looks for them too.
 */
record Pipeline(Map<String, String> variables) {
    private static final String SUMMARY = "GITHUB_STEP_SUMMARY";

    static Pipeline ofThisProcess() {
        return new Pipeline(System.getenv());
    }

    void tell(RunOutcome outcome, Terminal terminal) throws IOException {
        if ("true".equals(variables.get("GITHUB_ACTIONS"))) {
            Annotations.of(outcome.history(), outcome.judgement()).forEach(terminal::say);
        }
        String summary = variables.getOrDefault(SUMMARY, "");
        if (!summary.isEmpty()) {
            Files.writeString(
                    Path.of(summary),
                    MarkdownReport.render(outcome.history(), outcome.judgement()) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
