package io.failoverlab.cli;

import io.failoverlab.document.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Print a script that has a shell complete commands, options and names for the Tab key.",
        footer = {
            "",
            "bash:  source <(lab completion bash)     in ~/.bashrc",
            "zsh:   source <(lab completion zsh)      in ~/.zshrc",
            "It completes `lab` and `./lab`. Names of instances are those of the lab that is up, where Docker's client is installed."
        })
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell;

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw UserError.usage("expected one of " + String.join(", ", SHELLS) + ", found " + shell + "; "
                    + Nearest.hint(shell, SHELLS));
        }
        Terminal.ofProcess().data(CompletionScript.of(Lab.commandLine()));
        return ExitCode.PASS;
    }
}
