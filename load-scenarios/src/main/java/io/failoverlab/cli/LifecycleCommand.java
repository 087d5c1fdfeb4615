package io.failoverlab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "lifecycle",
        description = "End the wait of an instance's lifecycle hook (AWS: complete-lifecycle-action).",
        synopsisSubcommandLabel = "RESULT",
        subcommands = {LifecycleContinueCommand.class, LifecycleAbandonCommand.class},
        footer = {
            "",
            "Hooks are the list lifecycle-hooks in a topology's section auto-scaling; `lab status` shows who waits.",
            "Example:  lab lifecycle continue web-2a"
        })
final class LifecycleCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected a result, one of continue, abandon; found none");
    }
}
