package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.Leftover;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import io.failoverlab.watch.MonitorClient;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The whole chain as a user runs it: processes, containers, load, faults, alarms, verdict, and nothing left. */
class LabIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

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
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(engine.labObjects()).isEmpty();
        assertThat(monitors()).isEmpty();
    }

    @Test
    void aKilledWebServerUnderLoadIsJudged() throws Exception {
        Path experiment = Files.writeString(folder.resolve("short.yaml"), """
                name: short
                topology: two-web-one-db
                load: {rate: 40, ramp: 3s, warm-up: 5s, duration: 24s}
                faults:
                  - {fault: kill, instance: web-1a, at: 15s}
                expect:
                  requests-lost: 0
                  detected: true
                  alarmed: true
                  recovered: degraded
                  writes-lost: 0
                  writes-duplicated: 0
                """);

        LabProcess lab =
                LabProcess.start(folder, "run", experiment.toString(), "--port", port(), "--monitor-port", port());
        try (Secrets secrets = Secrets.of(awaitSession(lab))) {
            assertThat(lab.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
            secrets.areInNoCommandLine();
            secrets.areInNoFile(folder);
        }

        assertThat(lab.data()).as(lab.messages()).contains("PASS  web-1a was killed");
        assertThat(lab.exitCode()).isEqualTo(ExitCode.PASS);
        Path run = folder.resolve("runs/short/latest");
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("junit.xml")).isNotEmptyFile();
        assertThat(Files.readString(run.resolve("report.html"))).contains("Gatling’s own report of the load");
        JsonNode verdict =
                new ObjectMapper().readTree(run.resolve("verdict.json").toFile());
        assertThat(verdict.path("verdict").asText()).isEqualTo("PASS");

        LabProcess again = LabProcess.run(folder, "judge", run.toString());
        assertThat(again.data()).isEqualTo(lab.data());
        assertThat(again.exitCode()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void aStackThatIsUpTakesCommandsFromAnotherTerminalUntilCtrlC() throws Exception {
        LabProcess up = up();
        Session session = awaitSession(up);
        Secrets secrets = Secrets.of(session);
        assertThat(get(session.service().resolve("/api/items/1"))).isEqualTo(200);
        assertThat(get(session.monitor())).as("it wants its token").isEqualTo(403);
        String link = LabProcess.run(folder, "login", "--role", "view").data().strip();
        assertThat(link).startsWith(session.monitor() + "/login?once=");
        assertThat(get(URI.create(link))).as("a browser is led to the page").isEqualTo(303);
        assertThat(get(URI.create(link))).as("once").isEqualTo(403);

        assertThat(LabProcess.run(folder, "up", "--port", port(), "--monitor-port", port())
                        .messages())
                .contains("found run " + session.run());
        assertThat(LabProcess.run(folder, "kill", "web-1b").messages()).contains("did you mean \"web-1a\"?");
        assertThat(LabProcess.run(folder, "kill", "web-1a").messages())
                .contains("kill web-1a: the instance ended with exit code 137");
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode status = new ObjectMapper()
                    .readTree(LabProcess.run(folder, "status", "--json").data());
            assertThat(status.path("instances"))
                    .anyMatch(it -> it.path("name").asText().equals("web-1a")
                            && it.path("state").asText().equals("stopped")
                            && it.path("target").asText().equals("unhealthy"));
        });
        assertThat(LabProcess.run(folder, "kill", "web-1a").messages())
                .contains("expected web-1a to be running, found it stopped; `lab start web-1a` starts it");
        assertThat(LabProcess.run(folder, "start", "web-1a").exitCode()).isEqualTo(0);
        LabProcess slow = LabProcess.run(folder, "fault", "slow", "web-1a");
        assertThat(slow.messages()).contains("slow web-1a").contains("`lab start web-1a` undoes it");
        assertThat(LabProcess.run(folder, "status").data()).contains("fault: slow web-1a");
        assertThat(LabProcess.run(folder, "start", "web-1a").exitCode()).isZero();
        assertThat(LabProcess.run(folder, "fault", "az", "b").messages()).contains("expected a zone: a, c, found b");
        assertThat(LabProcess.run(folder, "fault", "az", "c", "--network").messages())
                .contains("az-network zone ap-northeast-1c: web-1c left all networks within")
                .contains("`lab fault az c --undo` undoes it");
        assertThat(LabProcess.run(folder, "note", "zone", "c", "is", "cut").exitCode())
                .isZero();
        JsonNode top = new ObjectMapper()
                .readTree(LabProcess.run(folder, "top", "--once", "--json").data());
        assertThat(top.path("targets"))
                .as("the page in the terminal, of a real lab")
                .extracting(it -> it.path("name").asText())
                .containsExactly("web-1a", "web-1c");
        assertThat(top.path("events").toString()).contains("az-network", "zone c is cut");
        assertThat(LabProcess.run(folder, "status").data()).contains("fault: az-network zone ap-northeast-1c (web-1c)");
        assertThat(LabProcess.run(folder, "fault", "az", "c", "--undo").exitCode())
                .isEqualTo(0);
        assertThat(LabProcess.run(folder, "status").data()).doesNotContain("fault:");
        assertThat(LabProcess.run(folder, "stress", "web-1c", "--yes", "2", "--for", "20s")
                        .messages())
                .contains("2 of 2 `yes > /dev/null` run in the instance");
        assertThat(LabProcess.run(folder, "ps", "web-1c").data()).contains("yes");
        assertThat(LabProcess.run(folder, "ps").data()).contains("web-1c").contains("yes");
        assertThat(LabProcess.run(folder, "exec", "web-1c", "--", "id", "-u")
                        .data()
                        .strip())
                .isNotEqualTo("0");
        assertThat(LabProcess.run(folder, "logs", "db-1").data()).contains("ready for connections");
        assertThat(LabProcess.run(folder, "describe", "db").exitCode()).isZero();

        try (secrets) {
            secrets.areOnNoPage(session);
            secrets.areInNoLog(engine, session);
            secrets.areInNoCommandLine();
            secrets.areInNoFile(folder);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(up.process().pid()))
                .start()
                .waitFor();
        assertThat(up.process().waitFor(1, TimeUnit.MINUTES))
                .as("SIGINT ends the lab; what a shell starts in its background ignores it, and so would these tests")
                .isTrue();
        assertThat(up.exitCode()).as(up.messages()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(up.messages()).contains("interrupted; everything was taken down");
    }

    @Test
    void afterKillMinusNineTheNextUpOnTheSamePortsOrTheNextDownRemovesWhatWasLeft() throws Exception {
        String port = port();
        LabProcess up = LabProcess.start(folder, "up", "--port", port, "--monitor-port", port());
        Session session = awaitSession(up);
        killMinusNine(up);
        LabProcess next = LabProcess.start(folder, "up", "--port", port, "--monitor-port", port());
        Session second = awaitSession(next);
        assertThat(second.service()).isEqualTo(session.service());
        assertThat(next.messages())
                .contains("run " + session.run() + ", whose lab had died, still ran and was removed; `lab adopt`");

        killMinusNine(next);
        assertThat(LabProcess.run(folder, "down").messages())
                .contains("removed what run " + second.run() + " had left");
    }

    private void killMinusNine(LabProcess up) throws InterruptedException {
        up.process().destroyForcibly().waitFor();
        // The monitor is a child that ends with its parent; the containers wait for the next command.
        await().atMost(LIMIT).untilAsserted(() -> assertThat(monitors()).isEmpty());
        assertThat(engine.labObjects().stream().map(Leftover::owner)).isNotEmpty();
    }

    @Test
    void aLabKilledUnderLoadCostsNoRequestAndTheNextOneGoesOn() throws Exception {
        LabProcess up = LabProcess.start(folder, "up", "two-web-multi-az", "--port", port(), "--monitor-port", port());
        Session session = awaitSession(up);
        JsonNode before = instances();
        LabProcess load = LabProcess.start(
                folder,
                "load",
                "--rate",
                "60",
                "--ramp",
                "1s",
                "--warm-up",
                "1s",
                "--for",
                "30s",
                "--expect",
                "errors<=0%");
        await().atMost(LIMIT).until(load::messages, said -> said.contains("60 requests/s"));

        up.process().destroyForcibly().waitFor();
        assertThat(LabProcess.run(folder, "status").messages())
                .contains("the lab of run " + session.run())
                .contains("`lab adopt` takes it over, `lab down` or the next `lab up` removes it");
        LabProcess adopted = LabProcess.start(folder, "adopt");
        Session next = awaitSession(adopted);

        assertThat(next.service()).isEqualTo(session.service());
        assertThat(next.monitor()).isEqualTo(session.monitor());
        // The pair is looked at first: nobody knows how far the dead lab had come.
        await().atMost(LIMIT).untilAsserted(() -> assertThat(instances()).isEqualTo(before));
        assertThat(LabProcess.run(folder, "scale", "web", "3").messages()).contains("web-2a in service after");
        assertThat(alarms(next)).contains("web-1a-down", "web-2a-down", "web-2a-cpu", "db-1-down", "latency");
        assertThat(LabProcess.run(folder, "terminate", "web-2a").messages())
                .contains("deregistered, drained, shut down");
        assertThat(alarms(next)).doesNotContain("web-2a-down", "web-2a-cpu").contains("web-1a-down");
        assertThat(LabProcess.run(folder, "kill", "web-1a").messages())
                .contains("kill web-1a: the instance ended with exit code 137");
        assertThat(load.process().waitFor()).as(load.messages() + load.data()).isEqualTo(ExitCode.PASS);

        assertThat(roles()).containsExactly("db-1 primary, in sync", "db-2 standby, in sync");
        assertThat(LabProcess.run(folder, "failover", "db").messages()).contains("failover from db-1 to db-2 begun");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(roles()).containsExactly("db-1 standby, in sync", "db-2 primary, in sync"));
        assertThat(LabProcess.run(folder, "down").messages()).contains("run " + session.run() + " is down");
        assertThat(adopted.process().waitFor()).as(adopted.messages()).isEqualTo(ExitCode.PASS);
    }

    private List<String> roles() throws Exception {
        List<String> roles = new ArrayList<>();
        for (JsonNode instance : instances()) {
            if (instance.path("name").asText().startsWith("db-")) {
                roles.add(instance.path("name").asText() + " "
                        + instance.path("target").asText() + ", "
                        + instance.path("reason").asText());
            }
        }
        return roles;
    }

    private static List<String> alarms(Session session) throws Exception {
        try (MonitorClient monitor = new MonitorClient(session.access(), "ap-northeast-1")) {
            return monitor.alarms().stream().map(MetricAlarm::alarmName).toList();
        }
    }

    private JsonNode instances() throws Exception {
        return new ObjectMapper()
                .readTree(LabProcess.run(folder, "status", "--json").data())
                .path("instances");
    }

    @Test
    void aDetachedStackTakesALoadAndItsThresholds() throws Exception {
        LabProcess up = LabProcess.run(folder, "up", "--detach", "--port", port(), "--monitor-port", port());
        assertThat(up.exitCode()).as(up.messages()).isEqualTo(ExitCode.PASS);

        LabProcess kept = LabProcess.run(
                folder,
                "load",
                "--rate",
                "30",
                "--ramp",
                "2s",
                "--warm-up",
                "2s",
                "--for",
                "8s",
                "--expect",
                "errors<=0%");
        assertThat(kept.exitCode()).as(kept.messages() + kept.data()).isEqualTo(ExitCode.PASS);
        // 30 a second for the 4 s that are judged
        assertThat(kept.data()).contains("ok        120");
        assertThat(kept.data()).containsPattern("orders    \\d+ attempted, (\\d+) acknowledged, \\1 found, 0 lost");

        LabProcess broken = LabProcess.run(
                folder, "load", "--rate", "5", "--ramp", "1s", "--warm-up", "1s", "--for", "3s", "--expect", "p50<1ms");
        assertThat(broken.exitCode()).as(broken.messages() + broken.data()).isEqualTo(ExitCode.FAIL);
        // The orders of the first load are none of the second's business.
        assertThat(broken.data()).contains(" 0 that nobody attempted");

        assertThat(LabProcess.run(folder, "down").exitCode()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void theMonitorAloneEndsWithItsCommandKillMinusNineIncluded() throws Exception {
        LabProcess monitor = LabProcess.start(
                folder,
                "monitor",
                "--port",
                "0",
                "--store",
                folder.resolve("alone.db").toString());
        String url = await().atMost(LIMIT)
                .until(monitor::data, data -> data.endsWith("\n"))
                .strip();
        assertThat(get(URI.create(new ObjectMapper().readTree(url).path("url").asText() + "/healthz")))
                .isEqualTo(200);

        monitor.process().destroyForcibly().waitFor();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(monitors()).isEmpty());
    }

    private LabProcess up() throws Exception {
        return LabProcess.start(folder, "up", "--port", port(), "--monitor-port", port());
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

    /** Those of this test: the store of each lies in its folder. */
    private List<ProcessHandle> monitors() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line ->
                                    line.contains("io.failoverlab.monitor.Monitor") && line.contains(folder.toString()))
                            .isPresent())
                    .toList();
        }
    }

    private static int get(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
