package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.bench.Figure;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.PrometheusInstaller;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of the monitor as a user runs it, as small as it gets: what it measures, not how much. */
@Tag("long")
class BenchMonitorIT {
    @TempDir
    private Path folder;

    private static Engine engine;

    @BeforeAll
    static void connect() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        engine = Engine.connect();
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            engine.images(LabHome.find(), scheduler).ensure(System.out::println);
        }
        PrometheusInstaller.ofThisHost(LabHome.find(), System.out::println).ensure();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(engine.labObjects()).isEmpty();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            assertThat(all.map(process -> process.info().commandLine().orElse(""))
                            .filter(line -> line.contains("/.lab/bench/") || line.contains(folder.toString())))
                    .isEmpty();
        }
        // The test that ends before anything starts makes none.
        Path files = LabHome.find().folder().resolve(".lab/bench");
        if (Files.exists(files)) {
            assertThat(files).isEmptyDirectory();
        }
    }

    @Test
    void everyFigureIsMeasuredAndStandsInTheTableAndInTheFile() throws Exception {
        Path json = folder.resolve("figures.json");
        List<String> options =
                List.of(("--kills 1 --targets 2 --series 20 --settle 1s --for 2s --clients 2 --put 1s --read-series 5"
                                + " --read-minutes 3 --reads 10 --alarms 50 --rounds 1 --port " + port()
                                + " --monitor-port " + port() + " --json " + json)
                        .split(" "));
        List<String> command = new ArrayList<>(List.of("bench", "monitor"));
        command.addAll(options);

        LabProcess lab = LabProcess.run(folder, command.toArray(String[]::new));

        assertThat(lab.exitCode()).as(lab.messages()).isEqualTo(ExitCode.PASS);
        List<String> table = lab.data().lines().toList();
        assertThat(table.getFirst()).startsWith("FIGURE");
        for (Figure figure : Figure.values()) {
            assertThat(table).as(lab.data()).anyMatch(line -> line.startsWith(figure.title() + " "));
        }
        assertThat(table).filteredOn(line -> line.contains(" Prometheus")).hasSize(4);
        assertThat(table)
                .filteredOn(line -> line.matches(".*  Alertmanager .*"))
                .hasSize(3);
        assertThat(table).filteredOn(line -> line.matches(".* (met|missed)")).hasSize(7);
        assertThat(lab.messages().lines().toList().getLast())
                .isEqualTo("repeat: ./lab bench monitor " + String.join(" ", options));

        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("figures")).hasSize(table.size() - 1);
        JsonNode alarm = figures.path("figures").get(0);
        assertThat(alarm.path("count").asInt()).isEqualTo(1);
        assertThat(alarm.path("median").asDouble()).isBetween(1.0, 5_000.0);
        assertThat(alarm.path("ratio").asDouble()).isPositive();
        assertThat(Files.size(json)).isPositive();
    }

    @Test
    void aSizeThatCannotBeIsRefusedBeforeAnythingStarts() throws Exception {
        LabProcess lab = LabProcess.run(folder, "bench", "monitor", "--only", "put", "--clients", "0");
        assertThat(lab.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(lab.messages()).contains("expected 1 to 64 clients, found 0");
    }

    @Test
    void anUnknownPartIsRefusedWithTheKnownOnes() throws Exception {
        LabProcess lab = LabProcess.run(folder, "bench", "monitor", "--only", "kills");
        assertThat(lab.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Arrays.stream(BenchMonitorCommand.Part.values()).map(Enum::name))
                .allMatch(part -> uncheckedMessages(lab).contains(part));
    }

    private static String uncheckedMessages(LabProcess lab) {
        try {
            return lab.messages();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
