package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Make a new database of a snapshot, or of what a database had at a time. The old one stays as it is.",
        footer = {
            "",
            "`lab describe db-1` shows the times that can be restored, `lab snapshot list` the snapshots.",
            "",
            "Examples:  lab restore db-1 --snapshot before-release --to db-2",
            "           lab restore db-1 --to-time 2026-11-28T09:30:00Z --to db-3"
        })
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATABASE", description = "db, or a DB instance such as db-1.")
    private String database;

    @Option(names = "--to", paramLabel = "NAME", required = true, description = "Identifier of the new DB instance.")
    private String to;

    @ArgGroup(multiplicity = "1")
    private From from;

    /** Exactly one of them. */
    private static final class From {
        @Option(names = "--snapshot", paramLabel = "SNAPSHOT", description = "What to restore.")
        private String snapshot;

        @Option(
                names = "--to-time",
                paramLabel = "TIME",
                description = "What was committed until then, and nothing after: an ISO 8601 time with its offset.")
        private String time;

        @Option(names = "--latest", description = "The latest time that can be restored.")
        private boolean latest;
    }

    @Override
    public Integer call() {
        return FaultRequests.ask(
                from.snapshot == null
                        ? new ControlRequest.RestoreToTime(database, from.latest ? "" : from.time, to)
                        : new ControlRequest.RestoreSnapshot(database, from.snapshot, to));
    }
}
