package io.failoverlab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "fault",
        description = "Faults of more than one instance; those of one have commands of their own.",
        synopsisSubcommandLabel = "KIND",
        subcommands = FaultAzCommand.class)
final class FaultCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected a kind of fault, such as az; found none");
    }
}
