package io.failoverlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "az",
        description =
                "Lose an Availability Zone: every instance in it at once. The balancer is in all zones and stays.")
final class FaultAzCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ZONE", description = "Letter of the zone, such as a.")
    private String zone;

    @Option(names = "--for", paramLabel = "TIME", description = "Undo it after that time, such as 30s.")
    private Duration limit = Duration.ZERO;

    @ArgGroup
    private Way way = new Way();

    /** At most one of them. */
    private static final class Way {
        @Option(names = "--power", description = "No power: every instance is killed (default).")
        private boolean power;

        @Option(names = "--network", description = "No network: a black hole; every instance runs on.")
        private boolean network;

        @Option(names = "--undo", description = "Give the zone back what it lost.")
        private boolean undo;
    }

    @Override
    public Integer call() {
        return way.undo
                ? FaultRequests.healZone(zone)
                : FaultRequests.inject(way.network ? "az-network" : "az-power", zone, limit);
    }
}
