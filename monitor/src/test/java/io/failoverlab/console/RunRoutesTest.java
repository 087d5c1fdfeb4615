package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.access.Permits;
import io.failoverlab.live.LivePast;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RunRoutesTest {
    @TempDir
    private Path directory;

    private Path runs;
    private Javalin server;

    @BeforeEach
    void start() throws IOException {
        runs = directory.resolve("runs");
        run("kill-one-web", "20260102-030405", "PASS");
        Path newest = run("cpu-stress", "20260103-030405", "FAIL");
        Files.writeString(newest.resolve("report.html"), "<p>report</p>");
        Files.createSymbolicLink(runs.resolve("cpu-stress/latest"), newest.getFileName());
        Files.createDirectories(runs.resolve("load/20260104-030405"));
        Files.writeString(directory.resolve("secret.json"), "{\"secret\":1}");
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(
                                    new FakeFeed(),
                                    LivePast.none(),
                                    Optional.empty(),
                                    Optional.of(runs),
                                    Permits.everything())
                            .register(config);
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Path run(String experiment, String time, String verdict) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(experiment).resolve(time));
        Files.writeString(folder.resolve("verdict.json"), "{\"verdict\":\"" + verdict + "\"}");
        return folder;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private List<String> listed() throws IOException, InterruptedException {
        JsonNode list = new JsonMapper().readTree(get("/runs").body());
        return StreamSupport.stream(list.spliterator(), false)
                .map(run ->
                        run.path("experiment").asText() + " " + run.path("time").asText() + " "
                                + run.path("verdict").path("verdict").asText() + " "
                                + run.path("report").asBoolean())
                .toList();
    }

    @Test
    void finishedRunsAreListedNewestFirstAndOnce() throws Exception {
        assertThat(listed())
                .containsExactly("cpu-stress 20260103-030405 FAIL true", "kill-one-web 20260102-030405 PASS false");
    }

    @Test
    void aRunThatIsBeingWrittenIsLeftOut() throws Exception {
        Files.writeString(runs.resolve("load/20260104-030405/verdict.json"), "{\"verdict\":");
        assertThat(listed()).hasSize(2);
    }

    @Test
    void aReportReachesNothingOfThisServer() throws Exception {
        HttpResponse<String> report = get("/runs/cpu-stress/20260103-030405/report.html");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body()).isEqualTo("<p>report</p>");
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("sandbox allow-scripts; default-src 'none';")
                .doesNotContain("allow-same-origin", "connect-src");
        assertThat(get("/runs/cpu-stress/20260103-030405/verdict.json").body()).isEqualTo("{\"verdict\":\"FAIL\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs/cpu-stress/latest/verdict.json",
                "/runs/cpu-stress/20260103-030405/history.jsonl",
                "/runs/kill-one-web/20260102-030405/report.html",
                "/runs/..%2f/x/verdict.json",
                "/runs/.hidden/x/verdict.json",
                "/runs/none/x/verdict.json",
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void aLinkOutOfARunLeadsNowhere() throws Exception {
        Path run = Files.createDirectories(runs.resolve("kill-one-web/20260105-030405"));
        Files.createSymbolicLink(run.resolve("verdict.json"), directory.resolve("secret.json"));
        assertThat(get("/runs/kill-one-web/20260105-030405/verdict.json").statusCode())
                .isEqualTo(404);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void beforeTheFirstRunThereIsNone() throws Exception {
        runs = directory.resolve("not-there");
        server.stop();
        server = Javalin.create(config -> new Console(
                                new FakeFeed(),
                                LivePast.none(),
                                Optional.empty(),
                                Optional.of(runs),
                                Permits.everything())
                        .register(config))
                .start("127.0.0.1", 0);
        assertThat(get("/runs").body()).isEqualTo("[]");
    }
}
