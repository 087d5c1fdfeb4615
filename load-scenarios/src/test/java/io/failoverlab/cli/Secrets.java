package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.session.Session;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of a lab that is up, and a look-out for them: in what it prints, keeps, logs and shows, and in the command lines of all
 * processes of this machine, which everybody can read. What a file holds that only its owner can read is no secret lost.
 */
final class Secrets implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int SHORTEST = 16;
    private static final List<String> PAGES = List.of(
            "/",
            "/console/main.js",
            "/events",
            "/metrics",
            "/healthz",
            "/actions",
            "/runs",
            "/?Action=DescribeAlarms",
            "/?Action=ListMetrics",
            "/?Action=ListDashboards");

    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> commandLines = new ConcurrentSkipListSet<>();
    private final LabScheduler scheduler = new LabScheduler(failure -> {});

    private Secrets() {
        scheduler.every(LOOK_EVERY, this::look);
    }

    /** Those in the files of the session, which are the only ones that may hold them. */
    static Secrets of(Session session) throws IOException {
        Secrets found = new Secrets();
        found.add(session);
        assertThat(found.secrets).as("the secrets of the lab").hasSizeGreaterThanOrEqualTo(4);
        return found;
    }

    private void add(Session session) throws IOException {
        for (Path file : files(session.folder()).filter(Secrets::mayHoldThem).toList()) {
            String content = Files.readString(file).strip();
            if (content.length() >= SHORTEST) {
                secrets.add(content);
            }
        }
    }

    private static boolean mayHoldThem(Path file) {
        return file.getFileName().toString().matches(".*(password|token)");
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }

    private void look() {
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                commandLines.add(new String(
                                Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline")),
                                StandardCharsets.UTF_8)
                        .replace('\0', ' '));
            } catch (IOException ended) {
                // too late to be seen
            }
        });
    }

    /** No file in the folder has one but those that are made for it, whatever kind of file it is. */
    void areInNoFile(Path folder) throws IOException {
        List<String> holders = new ArrayList<>();
        for (Path file : files(folder).filter(file -> !mayHoldThem(file)).toList()) {
            if (isIn(content(file))) {
                holders.add(file.toString());
            }
        }
        assertThat(holders).as("files with a secret").isEmpty();
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    void areInNoLog(Engine engine, Session session) {
        assertThat(engine.containers(session.run()).stream()
                        .filter(container -> isIn(String.join("\n", container.lastLogLines(100_000))))
                        .map(EngineContainer::name))
                .as("containers with a secret in their log")
                .isEmpty();
    }

    /** Of all processes that ran since the look-out began and lived long enough to be seen. */
    void areInNoCommandLine() {
        assertThat(commandLines).as("the look-out").isNotEmpty();
        assertThat(commandLines.stream().filter(this::isIn))
                .as("command lines with a secret")
                .isEmpty();
    }

    /** Neither in the page, nor in what it lives on, nor in what the monitor tells of itself: whoever is let in sees all of these. */
    void areOnNoPage(Session session) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : PAGES) {
                HttpResponse<String> page = http.send(authorized(session, path), HttpResponse.BodyHandlers.ofString());
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(isIn(page.body())).as("a secret in " + path).isFalse();
            }
            HttpResponse<Stream<String>> live =
                    http.send(authorized(session, "/live"), HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = live.body()) {
                // the retry and the snapshot, which has all that the monitor knows
                String begin = lines.limit(5).collect(Collectors.joining("\n"));
                assertThat(begin).contains("event: snapshot", "\"alarms\":[{");
                assertThat(isIn(begin)).as("a secret in the live stream").isFalse();
            }
            http.shutdownNow();
        }
    }

    private static HttpRequest authorized(Session session, String path) {
        return HttpRequest.newBuilder(session.monitor().resolve(path))
                .header("Authorization", "Bearer " + session.access().token())
                .build();
    }

    private boolean isIn(String text) {
        return secrets.stream().anyMatch(text::contains);
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
