package io.failoverlab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "fault",
        description = "Faults of a zone, and those of an instance that health checks see late or not at all.",
        synopsisSubcommandLabel = "KIND",
        subcommands = {
            FaultAzCommand.class,
            FaultCutCommand.class,
            FaultHangCommand.class,
            FaultDeafCommand.class,
            FaultSlowCommand.class
        })
final class FaultCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected a kind of fault, one of az, cut, hang, deaf, slow; found none");
    }
}
