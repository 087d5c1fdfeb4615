package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        description = "Describe a database: endpoint, parameters and what of them waits for a reboot, backups.")
final class DescribeCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DATABASE",
            description = "db, or a DB instance such as db-1 (default: ${DEFAULT-VALUE}).")
    private String database = "db";

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        List<List<String>> rows = RunningLab.find()
                .ask(new ControlRequest.Describe(database))
                .message()
                .lines()
                .map(line -> List.of(line.split("\t")))
                .toList();
        if (json.asked()) {
            terminal.data(JsonOption.object(rows));
        } else {
            Table.print(rows, terminal::data);
        }
        return ExitCode.PASS;
    }
}
