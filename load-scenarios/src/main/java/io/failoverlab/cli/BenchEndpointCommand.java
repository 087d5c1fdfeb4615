package io.failoverlab.cli;

import io.failoverlab.bench.EndpointBench;
import io.failoverlab.bench.EndpointMove;
import io.failoverlab.bench.EndpointWay;
import io.failoverlab.history.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "endpoint",
        description = "Measure the ways to move a database's endpoint, as a failover does, beside each other.",
        footer = {
            "",
            "A name leads to one of two servers and is moved to and fro by a line of the clients' hosts file (as the lab does),"
                    + " an alias of the engine's network, the address itself, or DNS of one's own. Two clients connect every"
                    + " 5 ms: one looks the name up each time, one is a JVM that keeps addresses for 5 s, as AWS advises. No"
                    + " database takes part: detection and promotion come on top."
        })
final class BenchEndpointCommand implements Callable<Integer> {
    private static final int MOST = 100;

    @Option(names = "--times", paramLabel = "N", description = "Moves by each way (default: ${DEFAULT-VALUE}).")
    private int times = 20;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Override
    public Integer call() throws Exception {
        if (times < 1 || times > MOST) {
            throw UserError.usage("--times: expected 1 to " + MOST + ", found " + times);
        }
        Terminal terminal = Terminal.ofProcess();
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                RunFolder folder = RunFolder.create(runs, "bench-endpoint", bench.scheduler());
                folder.linkLatest();
                EndpointBench.Setup setup = new EndpointBench.Setup(
                        bench.engine(),
                        bench.scheduler(),
                        Workbench.newRun(),
                        bench.stackImages().web(),
                        folder.path().toAbsolutePath());
                List<EndpointMove> moves = new ArrayList<>();
                try (EndpointBench measuring = EndpointBench.up(setup)) {
                    for (EndpointWay way : EndpointWay.values()) {
                        terminal.say(way.title() + ": " + times + " moves");
                        measuring.measure(way, times, moves::add);
                    }
                } finally {
                    show(terminal, folder, moves);
                }
                terminal.say("repeat: ./lab bench endpoint --times " + times);
                return ExitCode.PASS;
            }
        });
    }

    /** However it ends: what was measured until then. */
    private static void show(Terminal terminal, RunFolder folder, List<EndpointMove> moves) throws IOException {
        List<String> lines = new ArrayList<>();
        Table.print(EndpointMove.table(moves), lines::add);
        lines.forEach(terminal::data);
        Files.write(folder.path().resolve("figures.txt"), lines);
    }
}
