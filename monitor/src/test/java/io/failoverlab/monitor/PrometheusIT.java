package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** Debian's Prometheus, as it is, beside the monitor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT extends ClientAgainstMonitor {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PROMTOOL_LINT = 3;
    private static final String SHOP = "test_shop_response_time";
    private static final Dimension BALANCER = dimension("LoadBalancer", "app/lab/1");
    private static final Dimension ZONE = dimension("Zone", "a \"b\" \\c");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process prometheus;
    private URI url;

    /** In PATH, or where {@code lab test-setup} unpacks Debian's package. */
    private static String program(String name) {
        return Stream.concat(
                        Stream.of(Path.of("../.lab/prometheus/usr/bin")),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected " + name + ", found none; `./lab test-setup` gets it"))
                .toString();
    }

    @BeforeEach
    void startPrometheus() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        url = URI.create("http://127.0.0.1:" + port);
        Path configuration = Files.writeString(
                directory.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, scrape_timeout: 1s }
                scrape_configs:
                  - job_name: monitor
                    static_configs: [ { targets: ['%s'] } ]
                """.formatted(monitor.url().getAuthority()));
        prometheus = new ProcessBuilder(
                        program("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + url.getAuthority())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    @AfterEach
    void stopPrometheus() throws InterruptedException {
        prometheus.destroy();
        if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private String get(URI address, String accept) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(address).header("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The vector that a query answers. */
    private List<JsonNode> query(String expression) {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        try {
            JsonNode answer =
                    new ObjectMapper().readTree(get(url.resolve("/api/v1/query?query=" + query), "application/json"));
            List<JsonNode> found = new ArrayList<>();
            answer.at("/data/result").forEach(found::add);
            return found;
        } catch (IOException notYet) {
            throw new UncheckedIOException(notYet);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A second of a balancer's requests, one of which was slower than the others. */
    private void putRequests(Instant second) {
        client.putMetricData(request -> request.namespace("Test/Shop")
                .metricData(MetricDatum.builder()
                        .metricName("ResponseTime")
                        .dimensions(BALANCER, ZONE)
                        .values(1.0, 2.5)
                        .counts(3.0, 1.0)
                        .timestamp(second)
                        .storageResolution(1)
                        .build()));
    }

    /** What the monitor's own API answers for that second. */
    private double value(String statistic, Instant second) {
        return client.getMetricData(request -> request.startTime(second)
                        .endTime(second.plusSeconds(1))
                        .metricDataQueries(MetricDataQuery.builder()
                                .id("m")
                                .metricStat(metric -> metric.metric(m -> m.namespace("Test/Shop")
                                                .metricName("ResponseTime")
                                                .dimensions(BALANCER, ZONE))
                                        .stat(statistic)
                                        .period(1))
                                .build()))
                .metricDataResults()
                .getFirst()
                .values()
                .getFirst();
    }

    @Test
    void prometheusHoldsWhatTheMonitorAnswersAtTheTimeOfTheDatapoint() {
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);
        putRequests(second);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(query(SHOP + "_maximum")).hasSize(1));
        Map.of(
                        "_sample_count", "SampleCount",
                        "_sum", "Sum",
                        "_average", "Average",
                        "_minimum", "Minimum",
                        "_maximum", "Maximum",
                        "_p50", "p50",
                        "_p99", "p99")
                .forEach((suffix, statistic) -> {
                    JsonNode found = query(SHOP + suffix).getFirst();
                    assertThat(found.at("/value/1").asDouble()).as(statistic).isEqualTo(value(statistic, second));
                    assertThat(found.get("metric"))
                            .isEqualTo(new ObjectMapper()
                                    .createObjectNode()
                                    .put("__name__", SHOP + suffix)
                                    .put("instance", monitor.url().getAuthority())
                                    .put("job", "monitor")
                                    .put("load_balancer", "app/lab/1")
                                    .put("zone", "a \"b\" \\c"));
                });
        assertThat(query("timestamp(" + SHOP + "_sum)")
                        .getFirst()
                        .at("/value/1")
                        .asLong())
                .isEqualTo(second.getEpochSecond());
        assertThat(query("failoverlab_points_written_total")).hasSize(1);
    }

    /** Apart from names that the convention of the CloudWatch exporter asks for, such as a gauge's that ends with _sum. */
    @Test
    void promtoolFindsNothingWrongWithThePage() throws IOException, InterruptedException {
        putRequests(Instant.now().minusSeconds(2));
        Path page = Files.writeString(
                directory.resolve("page.txt"), get(monitor.url().resolve("/metrics"), "text/plain"));
        assertThat(page).content().contains(SHOP + "_sum{");
        Path output = directory.resolve("promtool.txt");
        int exit = new ProcessBuilder(program("promtool"), "check", "metrics")
                .redirectInput(page.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(output)).isIn(0, PROMTOOL_LINT);
        assertThat(Files.readAllLines(output)).allMatch(line -> line.startsWith(SHOP + "_"));
    }

    @Test
    void aMonitorThatScrapesItselfDoesNotHoldWhatItExposes() throws IOException, InterruptedException {
        putRequests(Instant.now().minusSeconds(2));
        HttpRequest asMonitor = HttpRequest.newBuilder(monitor.url().resolve("/metrics"))
                .header("User-Agent", "failover-lab-monitor")
                .build();
        assertThat(http.send(asMonitor, HttpResponse.BodyHandlers.ofString()).body())
                .contains("failoverlab_points_written_total")
                .doesNotContain(SHOP);
    }
}
