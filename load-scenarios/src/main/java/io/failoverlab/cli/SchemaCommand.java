package io.failoverlab.cli;

import io.failoverlab.experiment.ExperimentSchema;
import io.failoverlab.report.VerdictSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        description = "Print the JSON Schema of experiment files, for editors, or of verdict.json, for programs.",
        footer = {
            "",
            "  lab schema experiment > experiment.schema.json",
            "and as the first line of an experiment:  # yaml-language-server: $schema=experiment.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    /** What has a schema. */
    enum Of {
        EXPERIMENT,
        VERDICT
    }

    @Parameters(paramLabel = "experiment|verdict", description = "Of what.")
    private Of of;

    @Override
    public Integer call() {
        Terminal.ofProcess()
                .data(
                        switch (of) {
                            case EXPERIMENT -> ExperimentSchema.json();
                            case VERDICT -> VerdictSchema.json();
                        });
        return ExitCode.PASS;
    }
}
