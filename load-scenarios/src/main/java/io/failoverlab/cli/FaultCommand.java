package io.failoverlab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Each kind of fault is a command of its own; {@link FaultKindCommand} adds those of an instance and of the database. */
@Command(
        name = "fault",
        description = "Inject a fault. `lab faults` lists what is active, `lab start INSTANCE` undoes what one bears.",
        synopsisSubcommandLabel = "KIND",
        subcommands = FaultAzCommand.class)
final class FaultCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "expected a kind of fault, one of "
                        + String.join(", ", spec.subcommands().keySet()) + "; found none");
    }
}
