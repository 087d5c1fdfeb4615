package io.failoverlab.cli;

import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "snapshot",
        description =
                "Snapshots of databases. They go with the stack, but for one that `lab down --final-snapshot` keeps.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = {SnapshotCommand.Create.class, SnapshotCommand.Listing.class, SnapshotCommand.Delete.class},
        footer = {
            "",
            "`lab restore db-1 --snapshot NAME --to db-2` makes a new database of one of the stack's,",
            "`lab up --from-snapshot NAME` a new stack of one that is kept."
        })
final class SnapshotCommand implements Runnable {
    /** Where those are that stay when their stack goes. */
    static final Path KEPT = Path.of("snapshots");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected an action, one of create, list, delete; found none");
    }

    @Command(name = "create", description = "Take a snapshot; the database goes on serving meanwhile.")
    static final class Create implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "DATABASE", description = "db, or a DB instance such as db-1.")
        private String database;

        @Parameters(index = "1", paramLabel = "NAME", description = "Such as before-release.")
        private String name;

        @Override
        public Integer call() {
            return FaultRequests.ask(new ControlRequest.CreateSnapshot(database, name));
        }
    }

    @Command(
            name = "list",
            description = "List the snapshots that are complete, of the stack and those that are kept without one.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private JsonOption json = new JsonOption();

        @Override
        public Integer call() {
            List<SnapshotArchive.Kept> kept = new SnapshotArchive(KEPT).all();
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("NAME", "DATABASE", "TYPE", "TAKEN", "ENGINE", "CLASS", "KEPT"));
            if (kept.isEmpty() || isUp()) {
                ofStack()
                        .forEach(row -> rows.add(Stream.concat(row.stream(), Stream.of("until lab down"))
                                .toList()));
            }
            for (SnapshotArchive.Kept each : kept) {
                Path data = each.data();
                rows.add(Stream.concat(
                                Stream.of(each.snapshot().columns().split("\t")),
                                Stream.of("in " + data + ", " + mebibytes(data)))
                        .toList());
            }
            json.print(rows, Terminal.ofProcess());
            return ExitCode.PASS;
        }

        private static String mebibytes(Path file) {
            try {
                return Math.ceilDiv(Files.size(file), 1L << 20) + " MiB";
            } catch (IOException gone) {
                return "gone";
            }
        }
    }

    @Command(
            name = "delete",
            description =
                    "Delete a snapshot that was made by hand: the stack's, or else the one of that name that is kept.")
    static final class Delete implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Such as before-release.")
        private String name;

        @Override
        public Integer call() {
            SnapshotArchive archive = new SnapshotArchive(KEPT);
            boolean ofStack =
                    isUp() && ofStack().stream().anyMatch(row -> row.getFirst().equals(name));
            if (ofStack || !archive.has(name)) {
                return FaultRequests.ask(new ControlRequest.DeleteSnapshot(name));
            }
            archive.delete(name);
            Terminal.ofProcess().say("snapshot " + name + " is deleted from " + KEPT.toAbsolutePath());
            return ExitCode.PASS;
        }
    }

    private static boolean isUp() {
        return Sessions.ofUser().live().isPresent();
    }

    private static List<List<String>> ofStack() {
        return RunningLab.find()
                .ask(new ControlRequest.ListSnapshots())
                .message()
                .lines()
                .map(line -> List.of(line.split("\t")))
                .toList();
    }
}
