package io.failoverlab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.watch.ScrapeTarget;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prometheus and its Alertmanager, with the configuration in {@code docker/peers}. */
final class Peers implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private final LabScheduler scheduler;
    private final Path folder;
    private final URI prometheusUrl;
    private final URI alertmanagerUrl;
    private final GuardedProcess alertmanager;
    private final GuardedProcess prometheus;

    /**
     * Starts both and waits until they serve.
     *
     * @param templates folder of the configuration
     * @param folder for their data, made if missing
     * @param webhook where Alertmanager sends to
     */
    static Peers start(
            PrometheusInstaller.Programs programs,
            Path templates,
            Path folder,
            List<ScrapeTarget> targets,
            URI webhook,
            LabScheduler scheduler)
            throws IOException {
        Files.createDirectories(folder);
        String alertmanager = "127.0.0.1:" + FreePort.find();
        String prometheus = "127.0.0.1:" + FreePort.find();
        Map<String, String> words = Map.of("${ALERTMANAGER}", alertmanager, "${RECEIVER}", webhook.toString());
        for (String file : List.of("prometheus.yml", "rules.yml", "alertmanager.yml")) {
            String text = Files.readString(templates.resolve(file));
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace(word.getKey(), word.getValue());
            }
            Files.writeString(folder.resolve(file), text);
        }
        ScrapeTarget.write(targets, folder.resolve("targets.json"));
        Peers peers = new Peers(programs, folder, prometheus, alertmanager, scheduler);
        try {
            peers.awaitReady();
            return peers;
        } catch (RuntimeException failure) {
            peers.close();
            throw failure;
        }
    }

    private Peers(
            PrometheusInstaller.Programs programs,
            Path folder,
            String prometheusAddress,
            String alertmanagerAddress,
            LabScheduler scheduler)
            throws IOException {
        this.scheduler = scheduler;
        this.folder = folder;
        this.prometheusUrl = URI.create("http://" + prometheusAddress);
        this.alertmanagerUrl = URI.create("http://" + alertmanagerAddress);
        List<String> alertmanagerCommand = new ArrayList<>(programs.alertmanagerCommand());
        alertmanagerCommand.addAll(List.of(
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=" + alertmanagerAddress,
                "--cluster.listen-address=",
                "--log.level=warn"));
        this.alertmanager = GuardedProcess.start(alertmanagerCommand, folder.resolve("alertmanager.log"));
        this.prometheus = GuardedProcess.start(
                List.of(
                        programs.prometheus().toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=" + prometheusAddress,
                        "--log.level=warn"),
                folder.resolve("prometheus.log"));
    }

    private void awaitReady() {
        await("Alertmanager to be ready", "alertmanager.log", () -> status(alertmanagerUrl.resolve("/-/ready")) == 200);
        await("Prometheus to be ready", "prometheus.log", () -> status(prometheusUrl.resolve("/-/ready")) == 200);
    }

    /** Waits until the last scrape of as many targets worked. */
    void awaitScraping(int targets) {
        await(
                "Prometheus to scrape " + targets + " targets",
                "prometheus.log",
                () -> value("count(up{job=\"app\"} == 1)").orElse(0.0) == targets);
    }

    /** The two versions. */
    Map<String, String> versions() {
        return Map.of(
                "prometheus", version(prometheusUrl, "/api/v1/status/buildinfo", "/data/version"),
                "alertmanager", version(alertmanagerUrl, "/api/v2/status", "/versionInfo/version"));
    }

    private String version(URI server, String path, String pointer) {
        try {
            return new ObjectMapper()
                    .readTree(get(server.resolve(path)).body())
                    .at(pointer)
                    .asText();
        } catch (IOException failure) {
            throw new BenchFailed("expected " + server + " to tell its version, found " + failure, failure);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, String log, Condition condition) {
        Optional<Boolean> held = scheduler.await(READY_LIMIT, () -> {
            try {
                return condition.holds() ? Optional.of(true) : Optional.empty();
            } catch (IOException notYet) {
                return Optional.empty();
            }
        });
        if (held.isEmpty()) {
            throw new BenchFailed("expected " + what + " within " + READY_LIMIT.toSeconds()
                    + " s, found it not; its log" + " ends with:\n" + end(folder.resolve(log)));
        }
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException unreadable) {
            return "(" + unreadable + ")";
        }
    }

    /** The single value that a query answers; empty if it answers none. */
    private Optional<Double> value(String expression) throws IOException {
        String query = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        String text = new ObjectMapper()
                .readTree(get(prometheusUrl.resolve(query)).body())
                .at("/data/result/0/value/1")
                .asText();
        return text.isEmpty() ? Optional.empty() : Optional.of(Double.valueOf(text));
    }

    private int status(URI url) throws IOException {
        return get(url).statusCode();
    }

    private HttpResponse<String> get(URI url) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(url).timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted while Prometheus was asked", interrupted);
        }
    }

    long prometheusPid() {
        return prometheus.pid();
    }

    long alertmanagerPid() {
        return alertmanager.pid();
    }

    @Override
    public void close() {
        prometheus.close();
        alertmanager.close();
        http.close();
    }
}
