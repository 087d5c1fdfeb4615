package io.failoverlab.cli;

import io.failoverlab.comparison.RunComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        description = "Put two runs side by side, or topologies through the same faults.",
        subcommands = {ComparePatternsCommand.class, CompareRedundancyCommand.class},
        footer = {
            "",
            "A run is its folder, or a folder with several of them; then the medians are compared, and it is said whether",
            "they differ by more than the runs among themselves:",
            "  lab compare runs/kill-one-web/20261128-101500 runs/kill-one-web/latest",
            "  lab compare before/kill-one-web runs/kill-one-web"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "A run, or a folder of runs.")
    private Path before;

    @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = "What to put beside it.")
    private Path after;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        if (before == null || after == null) {
            throw new ParameterException(
                    spec.commandLine(), "expected two runs to compare, or one of: patterns, redundancy");
        }
        Terminal terminal = Terminal.ofProcess();
        print(StoredRuns.read(before, terminal::say), StoredRuns.read(after, terminal::say), json, terminal);
        return ExitCode.PASS;
    }

    static void print(StoredRuns before, StoredRuns after, JsonOption json, Terminal terminal) {
        json.print(
                RunComparison.of(before.judgements(), after.judgements()).table(before.title(), after.title()),
                terminal);
        terminal.data(
                json.asked()
                        ? JsonOption.line(Map.of("before", before.verdict(), "after", after.verdict()))
                        : "verdict: " + before.verdict() + " -> " + after.verdict());
    }
}
