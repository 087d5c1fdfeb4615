package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of the database as a user runs it, as small as it gets: that it counts and compares, not how fast it is. */
@Tag("long")
class BenchDatabaseIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void requireEngine() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(Engine.connect().labObjects()).isEmpty();
    }

    @Test
    void aKilledPrimaryIsMeasuredBesideAScriptOnOneStackThatComesBack() throws Exception {
        LabProcess lab = LabProcess.run(
                folder,
                "bench",
                "database",
                "--times",
                "2",
                "--peer-times",
                "1",
                "--faults",
                "kill",
                "--seed",
                "5",
                "--port",
                Integer.toString(port()),
                "--runs",
                folder.resolve("runs").toString());

        assertThat(lab.exitCode()).as(lab.messages()).isEqualTo(ExitCode.PASS);
        Path kept = folder.resolve("runs/bench-database/latest");
        List<String> trials = Files.readAllLines(kept.resolve("trials.csv"));
        assertThat(trials.stream().skip(1).map(line -> line.split(",")[1] + " " + line.split(",")[2]))
                .as(lab.messages())
                .containsExactly("lab 5", "script 6", "asynchronous 7", "lab 8");
        JsonNode figures =
                new ObjectMapper().readTree(kept.resolve("figures.json").toFile());
        JsonNode orders = figures.get("orders").get(0);
        assertThat(orders.get("by").asText()).isEqualTo("lab");
        assertThat(orders.get("acknowledged").asLong()).isPositive();
        assertThat(orders.get("found").asLong())
                .isGreaterThanOrEqualTo(orders.get("acknowledged").asLong());
        assertThat(orders.get("aimMet").asBoolean()).as(lab.data()).isTrue();
        assertThat(figures.has("failures")).isFalse();
        assertThat(lab.data())
                .contains("no acknowledged order, ms", "no page answered, ms", "redundant again, s", "TO SCRIPT'S P50");
        assertThat(lab.messages()).contains("seeds from 5 on", "[4 of 4, 0 min left] kill  lab", "--seed 5");
    }

    private static int port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
