package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of the balancer as a user runs it, as small as it gets: that it counts orders, not how fast it is. */
@Tag("long")
class BenchBalancerIT {
    @TempDir
    private Path folder;

    private static Engine engine;

    @BeforeAll
    static void connect() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        engine = Engine.connect();
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            engine.images(LabHome.find(), scheduler).ensure(System.out::println);
            engine.images(LabHome.find(), scheduler).ensureHaproxy(System.out::println);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(engine.labObjects()).isEmpty();
    }

    @Test
    void ordersThatASlowTargetGotAreRepeatedAndCarriedOutOnce() throws Exception {
        LabProcess lab = bench("--changes", "4");

        Figures figures = figures(lab);
        assertThat(figures.acknowledged()).as(lab.messages()).isPositive();
        assertThat(figures.found()).isGreaterThanOrEqualTo(figures.acknowledged());
        assertThat(figures.lost()).isZero();
        assertThat(figures.doubled()).isZero();
        assertThat(lab.data()).contains("target changes: 4 in 2 s");
        assertThat(lab.messages()).contains("1 trials of about").contains("[1 of 1, 0 min left] slow");
    }

    /** Without this the zeros above would say nothing. */
    @Test
    void targetsThatDoNotLookAtTheKeyCarryRepeatedOrdersOutTwice() throws Exception {
        LabProcess lab = bench("--changes", "0", "--forgetful");

        assertThat(figures(lab).doubled()).as(lab.messages()).isPositive();
        assertThat(lab.data()).contains("missed: ").contains("orders doubled");
    }

    private record Figures(long acknowledged, long found, long lost, long doubled) {}

    /** From the file, in which the last columns are those of the orders. */
    private Figures figures(LabProcess lab) throws Exception {
        assertThat(lab.exitCode()).as(lab.messages()).isEqualTo(ExitCode.PASS);
        List<String> lines = Files.readAllLines(folder.resolve("runs/bench-balancer/latest/trials.csv"));
        assertThat(lines).as(lab.messages()).hasSize(2);
        String[] cells = lines.getLast().split(",");
        int last = cells.length - 1;
        return new Figures(
                Long.parseLong(cells[last - 3]),
                Long.parseLong(cells[last - 2]),
                Long.parseLong(cells[last - 1]),
                Long.parseLong(cells[last]));
    }

    private LabProcess bench(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "bench balancer --times 1 --peer-times 0 --duration 6s --rate 150 --throughput 0 --faults slow --requests orders"
                        .split(" ")));
        command.addAll(List.of(more));
        command.addAll(List.of(
                "--port",
                Integer.toString(port()),
                "--runs",
                folder.resolve("runs").toString()));
        return LabProcess.run(folder, command.toArray(String[]::new));
    }

    private static int port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
