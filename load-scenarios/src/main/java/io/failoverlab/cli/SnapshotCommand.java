package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "snapshot",
        description = "Snapshots of databases. They go with the stack.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = {SnapshotCommand.Create.class, SnapshotCommand.Listing.class, SnapshotCommand.Delete.class},
        footer = {"", "`lab restore db-1 --snapshot NAME --to db-2` makes a new database of one."})
final class SnapshotCommand implements Runnable {
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

    @Command(name = "list", description = "List the snapshots that are complete.")
    static final class Listing implements Callable<Integer> {
        @Override
        public Integer call() {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("NAME", "DATABASE", "TYPE", "TAKEN", "ENGINE", "CLASS"));
            RunningLab.find()
                    .ask(new ControlRequest.ListSnapshots())
                    .message()
                    .lines()
                    .forEach(line -> rows.add(List.of(line.split("\t"))));
            Table.print(rows, Terminal.ofProcess()::data);
            return ExitCode.PASS;
        }
    }

    @Command(name = "delete", description = "Delete a snapshot that was made by hand.")
    static final class Delete implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Such as before-release.")
        private String name;

        @Override
        public Integer call() {
            return FaultRequests.ask(new ControlRequest.DeleteSnapshot(name));
        }
    }
}
