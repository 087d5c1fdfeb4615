package io.failoverlab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        description = "Put topologies through the same faults and show what each one lost.",
        subcommands = {ComparePatternsCommand.class, CompareRedundancyCommand.class})
final class CompareCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected what to compare: patterns or redundancy");
    }
}
