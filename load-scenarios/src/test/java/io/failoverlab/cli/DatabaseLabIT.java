package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import java.io.IOException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases as a user works with them from another terminal: parameters, snapshots, points in time, and nothing left. */
class DatabaseLabIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Pattern RANGE = Pattern.compile("restorable +(\\S+) to (\\S+)");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    void nothingIsLeft() throws Exception {
        LabProcess.run(folder, "down");
        assertThat(engine.labObjects()).isEmpty();
    }

    @Test
    void parametersSnapshotsAndPointsInTime() throws Exception {
        LabProcess up =
                LabProcess.run(folder, "up", "one-web-one-db", "--detach", "--port", port(), "--monitor-port", port());
        assertThat(up.exitCode()).as(up.messages()).isEqualTo(ExitCode.PASS);

        assertThat(said(ExitCode.PASS, "modify", "db", "--parameter", "max_connections=200"))
                .contains("max_connections = 200: in force");
        assertThat(said(ExitCode.PASS, "modify", "db-1", "--parameter", "innodb_read_io_threads=6"))
                .contains("innodb_read_io_threads = 6: pending-reboot; `lab reboot db-1` brings it into force");
        assertThat(data("describe"))
                .contains("max_connections = 200")
                .contains("pending-reboot: innodb_read_io_threads; `lab reboot db-1` brings them into force")
                .contains("kept 30 days, here 12h; window 17:00-17:30 UTC by the lab's clock; logs kept every 5s");
        assertThat(said(ExitCode.PASS, "reboot", "db-1")).contains("db-1 has rebooted and answers");
        assertThat(data("describe", "db-1")).contains(", in-sync");
        assertThat(said(ExitCode.USAGE, "modify", "db", "--parameter", "max_conections=200"))
                .contains("max_conections = 200: unknown variable");
        assertThat(said(ExitCode.USAGE, "modify", "db")).contains("expected what to modify");
        assertThat(said(ExitCode.USAGE, "modify", "db", "--backup-retention-period", "36"))
                .contains("expected 0 to 35 days, found 36");

        assertThat(said(ExitCode.PASS, "snapshot", "create", "db-1", "first"))
                .contains("snapshot first of db-1 is available; it was taken in ");
        assertThat(said(ExitCode.USAGE, "snapshot", "create", "db-1", "first"))
                .contains("expected a snapshot name that is free, found first");
        assertThat(data("snapshot", "list"))
                .contains("first")
                .contains("manual")
                .contains("db.t3.small");
        assertThat(said(ExitCode.USAGE, "restore", "db-1", "--snapshot", "fist", "--to", "db-2"))
                .contains("expected the name of a snapshot, found fist; did you mean \"first\"?");
        assertThat(said(ExitCode.PASS, "restore", "db-1", "--snapshot", "first", "--to", "db-2"))
                .contains("db-2 is available with what the snapshot first had, at 10.0.20.50:3306");
        assertThat(data("status")).contains("db-2").contains("10.0.20.50");

        Matcher range = await().atMost(LIMIT).until(() -> RANGE.matcher(data("describe")), Matcher::find);
        assertThat(said(ExitCode.USAGE, "restore", "db", "--to-time", "2020-01-01T00:00:00Z", "--to", "db-3"))
                .contains("expected a time that db-1 can be restored to, " + range.group(1) + " to ")
                .contains(", found 2020-01-01T00:00:00Z");
        assertThat(said(ExitCode.USAGE, "restore", "db", "--to-time", "yesterday", "--to", "db-3"))
                .contains("expected a time such as 2026-11-28T09:30:00.5Z");
        assertThat(said(ExitCode.PASS, "restore", "db-1", "--to-time", range.group(2), "--to", "db-3"))
                .contains("db-3 is available with what db-1 at " + range.group(2) + " had");
        assertThat(said(ExitCode.PASS, "snapshot", "delete", "first")).contains("snapshot first is deleted");

        assertThat(said(ExitCode.USAGE, "failover", "db"))
                .contains("found db-1 without a standby; `lab modify db --multi-az` gives it one");
        assertThat(said(ExitCode.PASS, "modify", "db", "--multi-az", "--semi-sync", "block"))
                .contains("db-1 is Multi-AZ: every acknowledged write is on the standby db-4 in ap-northeast-1c, too;"
                        + " while that is gone, writes wait (semi-sync block)");
        assertThat(said(ExitCode.USAGE, "modify", "db", "--multi-az"))
                .contains("expected a database without a standby, found Multi-AZ already");
        assertThat(data("status")).contains("standby").contains("in sync");

        Path kept = folder.resolve("snapshots").resolve("last.tar.gz");
        assertThat(said(ExitCode.PASS, "down", "--final-snapshot", "last"))
                .contains("snapshot last of db-1, with every write that was acknowledged, stays in " + kept
                        + "; `lab up --from-snapshot last` begins with it")
                .contains("nothing is left of it");
        assertThat(engine.labObjects()).isEmpty();
        assertThat(data("snapshot", "list"))
                .contains("last  db-1", "manual", "in " + kept + ", ")
                .doesNotContain("until lab down");
        assertThat(said(ExitCode.USAGE, "up", "one-web-one-db", "--from-snapshot", "lats"))
                .contains("found none of the name lats; did you mean \"last\"?");
        assertThat(said(ExitCode.PASS, "snapshot", "delete", "last"))
                .contains("snapshot last is deleted from " + kept.getParent());
        assertThat(kept.getParent()).isEmptyDirectory();
    }

    @Test
    @Tag("long")
    void anotherStackBeginsWithAFinalSnapshot() throws Exception {
        String first = port();
        up("one-web-one-db", "--port", first);
        String order = order(first);
        List<String> meanwhile = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread clients = Thread.ofPlatform().start(() -> {
            for (int number = 0; !over.get(); number++) {
                try {
                    tryOrder(first, "meanwhile-" + number).ifPresent(meanwhile::add);
                } catch (IOException down) {
                    // neither acknowledged nor refused
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        });
        await().atMost(LIMIT).until(() -> meanwhile.size() > 50);
        assertThat(said(ExitCode.PASS, "down", "--final-snapshot", "last")).contains("stays in");
        over.set(true);
        clients.join();

        String second = port();
        up("two-web-multi-az", "--port", second, "--from-snapshot", "last");

        assertThat(get(second, "/api/orders/" + order)).contains("c-final");
        assertThat(meanwhile)
                .isNotEmpty()
                .allSatisfy(
                        each -> assertThat(get(second, "/api/orders/" + each)).contains("c-final"));
        assertThat(order(second)).isNotEqualTo(order);
        assertThat(data("status")).contains("standby").contains("in sync");
        assertThat(said(ExitCode.PASS, "snapshot", "create", "db", "last")).contains("is available");
        assertThat(data("snapshot", "list")).contains("until lab down").contains("last.tar.gz");
        assertThat(said(ExitCode.PASS, "snapshot", "delete", "last")).contains("snapshot last is deleted\n");
        assertThat(said(ExitCode.USAGE, "down", "--final-snapshot", "last"))
                .contains("expected a snapshot name that is free, found last in " + folder.resolve("snapshots"));
        assertThat(data("status")).contains("in sync");
        assertThat(said(ExitCode.PASS, "down")).contains("nothing is left of it");
    }

    private void up(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--detach", "--monitor-port", port()));
        said(ExitCode.PASS, command.toArray(String[]::new));
    }

    /** The number of an order that was taken. */
    private static String order(String port) throws Exception {
        return tryOrder(port, "final-" + port).orElseThrow();
    }

    /** Empty if it was refused. */
    private static Optional<String> tryOrder(String port, String key) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/orders"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"customer\":\"c-final\",\"itemId\":5,\"quantity\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 201
                ? Optional.of(
                        new ObjectMapper().readTree(answer.body()).path("id").asText())
                : Optional.empty();
    }

    private static String get(String port, String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aGroupOfAnotherFamilyIsRefusedBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("old.yaml"), """
                name: old
                database: {parameter-group: {name: shop, family: mysql5.7, parameters: {max_connections: 200}}}
                """);
        assertThat(said(ExitCode.USAGE, "up", file.toString(), "--port", port(), "--monitor-port", port()))
                .contains("old: expected the parameter group shop to be of the family mysql")
                .contains("found mysql5.7");
    }

    private String said(int exitCode, String... arguments) throws Exception {
        LabProcess lab = LabProcess.run(folder, arguments);
        assertThat(lab.exitCode()).as(lab.messages()).isEqualTo(exitCode);
        return lab.messages();
    }

    private String data(String... arguments) throws Exception {
        LabProcess lab = LabProcess.run(folder, arguments);
        assertThat(lab.exitCode()).as(lab.messages()).isEqualTo(ExitCode.PASS);
        return lab.data();
    }

    private static String port() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
