package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.live.LiveMessage.AlarmRemoved;
import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConsoleTest {
    private final FakeFeed feed = new FakeFeed();
    private final HttpClient http = HttpClient.newHttpClient();
    private Javalin server;

    @BeforeEach
    void start() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(feed).register(config);
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/main.js", "/console/console.css", "/console/vendor/uPlot.esm.js"})
    void filesComeWithAStrictPolicyAndAreAskedForAgainByTheirTag(String path) throws Exception {
        HttpResponse<String> file = get(path);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-cache");
        String etag = file.headers().firstValue("ETag").orElseThrow();
        assertThat(get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get(path, "If-None-Match", "\"other\"").body()).isEqualTo(file.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console/nothing.js", "/console/..%2fsimplelogger.properties", "/console/vendor/uPlot.cjs.js"})
    void whatDoesNotBelongToThePageIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void scriptsAndStylesHaveTheTypesABrowserInsistsOn() throws Exception {
        assertThat(Stream.of("/", "/console/main.js", "/console/vendor/uPlot.min.css", "/console/icon.svg")
                        .map(this::contentType))
                .containsExactly(
                        "text/html;charset=utf-8",
                        "text/javascript; charset=utf-8",
                        "text/css; charset=utf-8",
                        "image/svg+xml");
    }

    @Test
    void theStreamStartsWithTheSnapshotAndGoesOnWithWhatHappens() throws Exception {
        feed.send(KilledWebServer.ticks(0, 2, false));
        try (Stream<String> lines = live("")) {
            var events = lines.filter(line -> line.startsWith("event: ")).iterator();

            assertThat(events.next()).isEqualTo("event: snapshot");
            feed.send(KilledWebServer.tick(2, false));
            feed.send(new AlarmRemoved("one"));
            assertThat(List.of(events.next(), events.next())).containsExactly("event: tick", "event: alarm-removed");
        }
    }

    @Test
    void aPageThatComesBackGetsOnlyTheSecondsItMissed() throws Exception {
        feed.send(KilledWebServer.ticks(0, 100, false));
        String id = firstLine(live(""), "id: ").substring("id: ".length());
        feed.send(KilledWebServer.ticks(100, 103, false));

        String snapshot = firstLine(live(id), "data: ");
        assertThat(firstLine(live("/live?after=" + id, ""), "data: ")).isEqualTo(snapshot);

        // Ten seconds of overlap for datapoints that came late: 89 to 102.
        assertThat(snapshot)
                .startsWith("data: {\"type\":\"snapshot\",\"resumed\":true,\"seconds\":["
                        + KilledWebServer.at(89).getEpochSecond() + ",")
                .contains("," + KilledWebServer.at(102).getEpochSecond() + "],\"series\"");
    }

    @Test
    void aPageOfAnotherRunGetsEverything() throws Exception {
        feed.send(KilledWebServer.ticks(0, 100, false));

        String snapshot =
                firstLine(live("00000000deadbeef-" + KilledWebServer.at(99).getEpochSecond()), "data: ");

        assertThat(snapshot)
                .startsWith("data: {\"type\":\"snapshot\",\"resumed\":false,\"seconds\":["
                        + KilledWebServer.at(0).getEpochSecond() + ",");
    }

    @Test
    void aBrowserThatLeavesIsForgotten() throws Exception {
        try (Stream<String> lines = live("")) {
            assertThat(lines.findFirst()).contains("retry: 1000");
            assertThat(feed.watchers()).isEqualTo(1);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            feed.send(KilledWebServer.tick(1, false));
            return feed.watchers() == 0;
        });
    }

    @Test
    void aBrowserThatDoesNotReadIsClosedAndNeverBlocksTheFeed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /live HTTP/1.1\r\nHost: lab\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(30)).until(() -> feed.watchers() == 1);

            // 64 KiB each: far more than the sockets' buffers and the queue take.
            AlarmRemoved large = new AlarmRemoved("x".repeat(65_536));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                feed.send(Collections.nCopies(100, large));
                return feed.watchers() == 0;
            });

            assertThat(bytesUntilTheEnd(socket.getInputStream())).isPositive();
        }
    }

    @Test
    void stoppingTheServerEndsTheStreams() throws Exception {
        try (Stream<String> lines = live("")) {
            var iterator = lines.iterator();
            assertThat(iterator.next()).isEqualTo("retry: 1000");

            server.stop();

            await().atMost(Duration.ofSeconds(30)).until(() -> feed.watchers() == 0);
        }
    }

    private static long bytesUntilTheEnd(InputStream in) {
        long count = 0;
        byte[] buffer = new byte[65_536];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
        } catch (IOException reset) {
            // As good an end as any.
        }
        return count;
    }

    private Stream<String> live(String lastEventId) throws Exception {
        return live("/live", lastEventId);
    }

    private Stream<String> live(String path, String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        InputStream body = response.body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
                .lines()
                .onClose(() -> closeQuietly(body));
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException alreadyGone) {
            // The server may have ended it.
        }
    }

    private static String firstLine(Stream<String> lines, String prefix) {
        try (lines) {
            return lines.filter(line -> line.startsWith(prefix)).findFirst().orElseThrow();
        }
    }

    private String contentType(String path) {
        try {
            return get(path).headers().firstValue("Content-Type").orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("GET " + path, e);
        }
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
