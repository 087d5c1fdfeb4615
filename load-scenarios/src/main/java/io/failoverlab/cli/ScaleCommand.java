package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scale",
        description = "Launch or terminate web servers until there are as many, zones kept even.",
        footer = {"", "Example:  lab scale web 4", "Example:  lab scale web 8 --max 10"})
final class ScaleCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TIER", description = "web: the tier that scales out.")
    private String tier;

    @Parameters(index = "1", paramLabel = "N", description = "Desired number.")
    private int desired;

    /** Negative leaves it. */
    @Option(
            names = "--min",
            paramLabel = "N",
            defaultValue = "-1",
            description = "The Auto Scaling group's minimum from now on.")
    private int min;

    /** Negative leaves it. */
    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "-1",
            description = "The Auto Scaling group's maximum from now on.")
    private int max;

    @Override
    public Integer call() {
        if (!tier.equals("web")) {
            throw UserError.usage("expected the tier web, found " + tier + "; the others have one member each");
        }
        return FaultRequests.ask(new ControlRequest.Scale(desired, min, max));
    }
}
