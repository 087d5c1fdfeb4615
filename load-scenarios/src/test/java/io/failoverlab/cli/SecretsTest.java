package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.failoverlab.session.Session;
import io.failoverlab.watch.MonitorAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look-out is not blind: it finds a secret wherever one is lost. */
class SecretsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "c0ffee11c0ffee22c0ffee33c0ffee44";

    @TempDir
    private Path folder;

    private HttpServer monitor;
    private volatile String leaking = "none";
    private Session session;
    private Secrets secrets;

    @BeforeEach
    void aLabThatKeepsThem() throws IOException {
        monitor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitor.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            String snapshot = "retry: 1\n\nevent: snapshot\ndata: {\"alarms\":[{\"name\":\"a\"}]}\n\n";
            byte[] page = ((path.equals("/live") ? snapshot : "page\n") + (path.equals(leaking) ? SECRET : ""))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        monitor.start();
        Path own = Files.createDirectory(folder.resolve("r1"));
        Files.writeString(own.resolve("db-password"), SECRET);
        Files.writeString(own.resolve("db-root-password"), "0123456789abcdef0123456789abcdef");
        Files.writeString(own.resolve("db-monitor-password"), "1123456789abcdef0123456789abcdef");
        Files.writeString(MonitorAccess.tokenFile(own), "2123456789abcdef0123456789abcdef");
        URI url = URI.create("http://127.0.0.1:" + monitor.getAddress().getPort());
        session = new Session("r1", 1, own, own.resolve("control.sock"), "two-web-one-db", url, url, List.of());
        secrets = Secrets.of(session);
    }

    @AfterEach
    void close() {
        secrets.close();
        monitor.stop(0);
    }

    @Test
    void whereTheyAreKeptNoneIsLost() throws Exception {
        Files.writeString(folder.resolve("report.html"), "<p>nothing</p>");
        secrets.areInNoFile(folder);
        secrets.areOnNoPage(session);
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(secrets::areInNoCommandLine);
    }

    @Test
    void oneInAFileIsFound() throws Exception {
        Path runs = Files.createDirectories(folder.resolve("runs/kill"));
        Files.write(runs.resolve("store.db"), ("\0\377 password=" + SECRET).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> secrets.areInNoFile(folder)).hasMessageContaining("store.db");
    }

    @Test
    void oneInTheArgumentsOfAProcessIsFound() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "read line", SECRET).start();
        try {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(secrets::areInNoCommandLine)
                            .hasMessageContaining("command lines with a secret"));
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void oneOnAPageOrInTheStreamIsFound() {
        for (String path : List.of("/", "/metrics", "/actions", "/?Action=DescribeAlarms")) {
            leaking = path;
            assertThatThrownBy(() -> secrets.areOnNoPage(session)).hasMessageContaining("a secret in " + path);
        }
    }
}
