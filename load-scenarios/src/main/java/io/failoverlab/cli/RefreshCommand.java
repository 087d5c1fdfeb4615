package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "refresh",
        description = "Replace all web servers, one after the other: a new one is in service before an old one leaves.",
        footer = {"", "Example:  lab refresh web", "As an instance refresh with a minimum healthy percentage of 100."})
final class RefreshCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TIER", description = "web: the tier that can be replaced.")
    private String tier;

    @Option(names = "--cancel", description = "End the refresh of an Auto Scaling group that is under way.")
    private boolean cancel;

    @Override
    public Integer call() {
        if (!tier.equals("web")) {
            throw UserError.usage("expected the tier web, found " + tier + "; the others have one member each");
        }
        return FaultRequests.ask(cancel ? new ControlRequest.CancelRefresh() : new ControlRequest.Refresh());
    }
}
