package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lab that is up does itself: loads and experiments, asked for from another terminal and from the page. */
@Tag("long")
class RunHereIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireEngine() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
    }

    @Test
    void anExperimentIsRunOnTheLabThatIsUpTwiceAndThePageShowsItsRuns() throws Exception {
        Path experiment = Files.writeString(folder.resolve("short.yaml"), """
                name: short
                topology: two-web-one-db
                load: {simulation: browse-and-order, rate: 100, ramp: 2s, warm-up: 2s, duration: 16s, orders: 0.2}
                faults:
                  - {fault: kill, instance: web-1a, at: 6s}
                expect:
                  - acknowledged writes lost = 0
                  - writes unexpected = 0
                """);
        LabProcess up = LabProcess.start(folder, "up", "--port", port(), "--monitor-port", port());
        Session session = awaitSession(up);
        try {
            for (int run = 1; run <= 2; run++) {
                LabProcess here = LabProcess.run(folder, "run", experiment.toString(), "--here");
                // Not so on a machine that has too much to do.
                assertThat(here.exitCode()).as(here.data() + here.messages()).isIn(ExitCode.PASS, ExitCode.UNKNOWN);
            }
            JsonNode runs = read(session, "/runs");
            assertThat(runs).hasSize(2);
            assertThat(runs.get(0).path("verdict").path("experiment").asText()).isEqualTo("short");
            assertThat(runs.get(0).path("report").asBoolean()).isTrue();
            for (JsonNode run : runs) {
                assertThat(run.path("verdict").path("figures"))
                        .filteredOn(figure -> figure.has("expectation"))
                        .hasSize(2)
                        .allMatch(figure -> figure.path("outcome").asText().equals("MET"));
            }
            assertThat(read(session, "/actions").toString()).contains("experiment/kill-one-web");

            assertThat(act(session, "lab:StartLoad", "{\"rate\":\"50\",\"for\":\"60\"}"))
                    .contains("50 requests a second for 60 s");
            assertThat(read(session, "/actions").path("activity").asText()).isEqualTo("load of 50 requests a second");
            assertThat(LabProcess.run(folder, "run", experiment.toString(), "--here")
                            .messages())
                    .contains(
                            "expected nothing under way that the lab does itself, found: load of 50 requests a second");
            assertThat(LabProcess.run(folder, "load", "--stop").messages())
                    .contains("the load of 50 requests a second ends");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    read(session, "/actions").path("activity").asText())
                            .isEmpty());
            assertThat(LabProcess.run(folder, "kill", "web-1c").exitCode()).isZero();
            assertThat(LabProcess.run(folder, "run", experiment.toString(), "--here")
                            .messages())
                    .contains("expected a stack without faults, found [kill of web-1c]");
        } finally {
            LabProcess.run(folder, "down");
            up.process().waitFor();
        }
    }

    private Session awaitSession(LabProcess up) {
        Sessions sessions = new Sessions(folder.resolve("failover-lab-" + System.getProperty("user.name")));
        return await().atMost(LIMIT)
                .until(
                        () -> {
                            assertThat(up.process().isAlive()).as(up.messages()).isTrue();
                            return sessions.live();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private static HttpRequest.Builder request(Session session, String path) throws Exception {
        URI address = session.monitor().resolve(path);
        String token = Files.readString(session.access().tokenFile()).strip();
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static JsonNode read(Session session, String path) throws Exception {
        return new JsonMapper().readTree(send(request(session, path)));
    }

    private static String act(Session session, String action, String parameters) throws Exception {
        return send(request(session, "/actions")
                .header("Content-Type", "application/json")
                .header("X-Lab-Action", "1")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"action\":\"%s\",\"resource\":\"load\",\"parameters\":%s}".formatted(action, parameters))));
    }

    private static String port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
