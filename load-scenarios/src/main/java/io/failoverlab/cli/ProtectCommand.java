package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "protect",
        description = "Protect a web server from termination, by people or by its Auto Scaling group.",
        footer = {
            "",
            "As on AWS it still can shut down by itself, fail, or be replaced by an Auto Scaling group.",
            "Example:  lab protect web-1a --from scale-in"
        })
final class ProtectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Option(
            names = "--from",
            defaultValue = "termination",
            paramLabel = "WHAT",
            description = "termination: by people (disableApiTermination). scale-in: when its group scales in."
                    + " Default: ${DEFAULT-VALUE}.")
    private String from;

    @Option(names = "--off", description = "Take the protection off.")
    private boolean off;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Protect(instance, protection(), !off));
    }

    private ControlRequest.Protection protection() {
        return switch (from) {
            case "termination" -> ControlRequest.Protection.TERMINATION;
            case "scale-in" -> ControlRequest.Protection.SCALE_IN;
            default -> throw UserError.usage("--from: expected termination or scale-in, found " + from);
        };
    }
}
