package io.failoverlab.scrape;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScraperTest {
    @TempDir
    private Path directory;

    private final List<Datum> data = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> deadlines = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    /** Like the monitor's: it neither unpacks anything nor goes where it is sent. */
    private final CloseableHttpClient client = HttpClients.custom()
            .disableContentCompression()
            .disableRedirectHandling()
            .build();

    private final CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        answer("/metrics", 200, "threads 7\n");
        answer("/broken", 200, "threads\n");
        answer("/missing", 404, "threads 7\n");
        server.createContext("/hanging", exchange -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private void answer(String path, int status, String body) {
        answer(path, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private void answer(String path, int status, byte[] bytes, Map<String, String> headers) {
        server.createContext(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void stop() throws IOException {
        hanging.countDown();
        server.stop(0);
        executor.shutdownNow();
        client.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Scraper scraper(Optional<TargetFile> file, String... paths) {
        List<Target> targets =
                Arrays.stream(paths).map(path -> Target.of(url(path))).toList();
        return new Scraper(
                targets,
                file,
                data::addAll,
                client,
                this::run,
                deadlines::add,
                () -> Instant.parse("2026-01-02T03:04:05Z"),
                new CollectorRegistry());
    }

    private void run(Runnable scrape) {
        underWay.incrementAndGet();
        executor.execute(() -> {
            scrape.run();
            underWay.decrementAndGet();
        });
    }

    private void awaitValue(String metric, Map<String, String> dimensions, double value) {
        MetricId id = MetricId.of("Prometheus", metric, dimensions);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> assertThat(data).anySatisfy(datum -> {
                    assertThat(datum.stream().metric()).isEqualTo(id);
                    assertThat(datum.value().maximum()).isEqualTo(value);
                }));
    }

    private Map<String, String> instance() {
        return Map.of("instance", "127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aTargetsSamplesAreDatapoints() {
        scraper(Optional.empty(), "/metrics").scrapeAll();
        awaitValue("threads", instance(), 7);
        awaitValue("up", instance(), 1);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void aTargetThatAlwaysCompressesIsRead() throws IOException {
        byte[] text = "threads 8\n".getBytes(StandardCharsets.UTF_8);
        answer("/packed", 200, gzip(text), Map.of("Content-Encoding", "gzip"));
        scraper(Optional.empty(), "/packed").scrapeAll();
        awaitValue("threads", instance(), 8);
    }

    @Test
    void aTargetMayNotSendElsewhereNorUnpackToTooMuch() throws IOException {
        answer("/moved", 302, "threads 9\n".getBytes(StandardCharsets.UTF_8), Map.of("Location", "/metrics"));
        answer("/bomb", 200, gzip(new byte[17 << 20]), Map.of("Content-Encoding", "gzip"));
        for (String path : List.of("/moved", "/bomb")) {
            data.clear();
            scraper(Optional.empty(), path).scrapeAll();
            awaitValue("up", instance(), 0);
        }
    }

    @Test
    void aTargetThatFailsIsDownAndScrapedAgain() {
        for (String path : List.of("/broken", "/missing")) {
            data.clear();
            Scraper scraper = scraper(Optional.empty(), path);
            scraper.scrapeAll();
            awaitValue("up", instance(), 0);
            data.clear();
            await().atMost(30, SECONDS).untilAsserted(() -> {
                scraper.scrapeAll();
                assertThat(data).isNotEmpty();
            });
        }
    }

    @Test
    void aTargetThatHangsIsGivenUpAtTheDeadlineAndDelaysNoOther() {
        Scraper scraper = scraper(Optional.empty(), "/hanging", "/metrics");
        scraper.scrapeAll();
        awaitValue("threads", instance(), 7);
        await().atMost(30, SECONDS).untilAsserted(() -> assertThat(deadlines).hasSize(1));
        deadlines.forEach(Runnable::run);
        awaitValue("up", instance(), 0);
    }

    @Test
    void targetsComeAndGoWithTheirFile() throws IOException {
        Path file = directory.resolve("targets.json");
        Scraper scraper = scraper(Optional.of(new TargetFile(file)));
        scraper.scrapeAll();
        Files.writeString(file, """
                [{"targets":["127.0.0.1:%d"],"labels":{"InstanceId":"i-1","InstanceName":"web-1a"}}]""".formatted(server.getAddress().getPort()));
        scraper.scrapeAll();
        awaitValue("threads", Map.of("InstanceId", "i-1", "InstanceName", "web-1a"), 7);
        Files.writeString(file, "[{"); // half written
        data.clear();
        await().atMost(30, SECONDS).untilAsserted(() -> {
            scraper.scrapeAll();
            assertThat(data).isNotEmpty();
        });
    }

    @Test
    void whatPrometheusKeepsOfAScrapeIsKept() {
        Scraper scraper = scraper(Optional.empty(), "/metrics", "/missing");
        scraper.scrapeAll();
        awaitValue("scrape_samples_scraped", instance(), 1);
        awaitValue("scrape_samples_scraped", instance(), 0);
        awaitValue("scrape_duration_seconds", instance(), 0); // the clock stands still
        assertThat(scraper.lag()).isZero();
    }

    @Test
    void aTargetThatVanishesWhileItIsScrapedLeavesNothingBehind() throws IOException {
        Path file = directory.resolve("targets.json");
        Files.writeString(file, """
                [{"targets":["127.0.0.1:%d"],"labels":{"__metrics_path__":"/hanging","InstanceId":"i-1"}}]""".formatted(server.getAddress().getPort()));
        Scraper scraper = scraper(Optional.of(new TargetFile(file)), "/metrics");
        scraper.scrapeAll();
        await().atMost(30, SECONDS).until(() -> deadlines.size() == 1);
        Files.writeString(file, "[]");
        scraper.scrapeAll();
        await().atMost(30, SECONDS).untilAsserted(() -> {
            deadlines.forEach(Runnable::run);
            assertThat(underWay).hasValue(0);
        });
        assertThat(data)
                .extracting(datum -> datum.stream().metric().dimensions().containsKey("InstanceId"))
                .containsOnly(false);
    }
}
