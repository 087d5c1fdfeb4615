package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.access.Role;
import io.failoverlab.alarm.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A monitor that requires its token, a browser that is logged in, and what others try with it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
    private static final Pattern REFUSED = Pattern.compile("(?m)^failoverlab_requests_refused_total (\\S+)$");
    /** Told before; no refused request may show it. */
    private static final String EVENT = """
            {"time":"2026-01-02T03:04:05Z","source":"lab","detailType":"Confidential"}""";

    private Path token;
    private AccessToken access;
    private RunningMonitor monitor;
    private HttpClient client;
    private String cookie;

    /** As it stands in the text file. */
    private record Hostile(String name, int status, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> requests() throws IOException {
        try (InputStream in = HostileRequestsTest.class.getResourceAsStream("hostile-requests.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^== ")).skip(1).map(HostileRequestsTest::hostile);
        }
    }

    private static Hostile hostile(String block) {
        String[] parts = block.split("\n", 2);
        String[] title = parts[0].split(" \\| ");
        String request = parts[1].contains("\n\n") ? parts[1] : parts[1].strip() + "\n\n";
        return new Hostile(title[0], Integer.parseInt(title[1]), request.replace("\n", "\r\n"));
    }

    @BeforeAll
    void logIn(@TempDir Path directory) throws Exception {
        token = directory.resolve("token");
        access = AccessToken.in(token, InstantSource.system());
        monitor = RunningMonitor.start(
                new MonitorSettings(
                        0,
                        directory.resolve("monitor.db"),
                        Timing.LAB,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(access)),
                InstantSource.system());
        client = HttpClient.newHttpClient();
        HttpResponse<String> login = get(access.loginLink(monitor.url(), Role.BREAK));
        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(login.headers().firstValue("Location")).contains("/");
        String given = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(given)
                .matches("failoverlab-" + monitor.url().getPort() + "=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict");
        cookie = given.substring(0, given.indexOf(';'));
        assertThat(own("/events", EVENT).statusCode()).isEqualTo(202);
        assertThat(own("/?Action=PutMetricAlarm&AlarmName=alarm&Namespace=N&MetricName=M&Statistic=Sum&Period=60"
                                + "&EvaluationPeriods=1&Threshold=1&ComparisonOperator=GreaterThanThreshold")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    void stop() {
        client.close();
        monitor.close();
    }

    private HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** What the page of the browser that is logged in asks. */
    private HttpResponse<String> own(String path) throws IOException, InterruptedException {
        return get(monitor.url().resolve(path), "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    }

    private HttpResponse<String> own(String path, String event) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(monitor.url().resolve(path))
                        .headers("Cookie", cookie, "Origin", monitor.url().toString())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("[" + event + "]"))
                        .build(),
                BodyHandlers.ofString());
    }

    private double refused() throws IOException, InterruptedException {
        Matcher count = REFUSED.matcher(own("/metrics").body());
        return count.find() ? Double.parseDouble(count.group(1)) : -1;
    }

    /** All of the answer, until the server ends it. */
    private String send(String request) throws IOException {
        String filled = request.replace("{port}", Integer.toString(monitor.url().getPort()))
                .replace("{cookie}", cookie)
                .replace("{token}", Files.readString(token).strip())
                .replaceFirst(
                        "\r\n\r\n", request.contains("Connection:") ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
        try (Socket socket = new Socket(monitor.url().getHost(), monitor.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(filled.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isRefusedTellsNothingAndChangesNothing(Hostile hostile) throws Exception {
        double before = refused();

        String answer = send(hostile.request());

        assertThat(answer).startsWith("HTTP/1.1 " + hostile.status() + " ");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control-", "set-cookie: failoverlab");
        assertThat(answer)
                .doesNotContain(
                        "Confidential", "root:", cookie, Files.readString(token).strip());
        assertThat(own("/?Action=DescribeAlarms").body()).contains("<AlarmName>alarm</AlarmName>");
        assertThat(own("/events").body()).containsOnlyOnce("time");
        if (hostile.status() == 403) {
            assertThat(refused()).as("counted and logged").isEqualTo(before + 1);
        }
    }

    @Test
    void thereAreAtLeastTheSixteenThatWerePromised() throws IOException {
        assertThat(requests()).hasSizeGreaterThanOrEqualTo(16);
    }

    @Test
    void aLinkLetsOneBrowserInAndWhoHasTheTokenGetsAnother() throws Exception {
        URI link = access.loginLink(monitor.url(), Role.BREAK);
        assertThat(get(link).statusCode()).isEqualTo(303);
        HttpResponse<String> again = get(link);
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body())
                .contains(
                        "This link was used before",
                        "sed 's/^/Authorization: Bearer /' '" + token + "' | curl -H @- -X POST ");
        assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
        HttpResponse<String> other = client.send(
                HttpRequest.newBuilder(monitor.url().resolve("/login"))
                        .header(
                                "Authorization",
                                "Bearer " + Files.readString(token).strip())
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(get(URI.create(other.body().strip())).statusCode()).isEqualTo(303);
    }

    @Test
    void aLinkOnAnotherPageMayLeadToThePage() throws Exception {
        HttpResponse<String> page = get(
                monitor.url().resolve("/"),
                "Cookie",
                cookie,
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");
        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        assertThat(send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(65_536) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }
}
