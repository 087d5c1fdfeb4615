package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port answers to anybody, not only to well-behaved clients. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpSurfaceTest {
    private static final String OPERATION = "/service/GraniteServiceVersion20100801/operation/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CBORMapper CBOR = new CBORMapper();

    private RunningMonitor monitor;
    private HttpClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        client = HttpClient.newHttpClient();
        monitor = RunningMonitor.start(ClientAgainstMonitor.settings(directory), InstantSource.system());
    }

    @AfterAll
    void stop() {
        monitor.close();
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(monitor.url().resolve(path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String contentType, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder cbor(String operation, byte[] body) {
        return request(OPERATION + operation)
                .header("smithy-protocol", "rpc-v2-cbor")
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String errorType(HttpResponse<byte[]> response) throws IOException {
        return CBOR.readTree(response.body()).get("__type").asText();
    }

    /** The JDK's client refuses to send another Host. */
    private String statusForHost(String host) throws IOException {
        URI url = monitor.url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.split(" ")[1];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]:9"})
    void namesOfThisMachineAreServed(String host) throws IOException {
        assertThat(statusForHost(host)).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1"
            })
    void aNameReboundToThisMachineIsRefused(String host) throws IOException {
        assertThat(statusForHost(host)).isEqualTo("403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"})
    void aPageFromElsewhereCannotPost(String origin) throws IOException, InterruptedException {
        HttpResponse<byte[]> events = send(request("/events")
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[]")));
        assertThat(events.statusCode()).isEqualTo(403);
        HttpResponse<byte[]> api =
                send(cbor("ListMetrics", new byte[] {(byte) 0xa0}).header("Origin", origin));
        assertThat(api.statusCode()).isEqualTo(403);
    }

    @Test
    void ourOwnPageMayPostAndNobodyMayReadAcross() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request("/events")
                .header("Origin", monitor.url().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[]")));
        assertThat(response.statusCode()).isEqualTo(202);
        Map<String, List<String>> headers = response.headers().map();
        assertThat(headers.keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(headers.get("content-security-policy").getFirst()).contains("default-src 'self'");
        assertThat(headers).containsEntry("x-content-type-options", List.of("nosniff"));
    }

    @Test
    void eventsAreTakenAndGivenBackOldestFirst() throws IOException, InterruptedException {
        String later = """
                {"time":"2026-01-02T03:04:06Z","source":"failoverlab.elb","detailType":"Target State Change",\
                "resources":["web-1a"],"detail":{"from":"healthy","to":"unhealthy"}}""";
        String sooner = """
                {"time":"2026-01-02T03:04:05Z","source":"failoverlab.ec2","detailType":"Instance State Change",\
                "resources":[],"detail":{}}""";
        HttpResponse<String> answer = post("/events", "application/json", "[" + later + "," + sooner + "]");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("{\"accepted\":2}"));
        JsonNode all = JSON.readTree(get("/events").body());
        assertThat(all).isEqualTo(JSON.readTree("[" + sooner + "," + later + "]"));
        assertThat(JSON.readTree(get("/events?since=2026-01-02T03:04:06Z").body()))
                .isEqualTo(JSON.readTree("[" + later + "]"));
    }

    @Test
    void eventsThatAreWrongAreRefusedAltogether() throws IOException, InterruptedException {
        assertThat(post("/events", "text/plain", "[]").statusCode()).isEqualTo(415);
        assertThat(post("/events", "application/json", "[").statusCode()).isEqualTo(400);
        assertThat(post("/events", "application/json", "{}").body()).contains("expected a JSON array");
        assertThat(post("/events", "application/json", "[{\"time\":\"yesterday\"}]")
                        .body())
                .contains("event 0: time must be an instant like 2026-01-02T03:04:05.678Z, found 'yesterday'");
        assertThat(post("/events", "application/json", "[{\"colour\":1}]").body())
                .contains("event 0: unknown field [colour]");
        assertThat(get("/events?since=now").statusCode()).isEqualTo(400);
    }

    @Test
    void bodiesThatAreNoCborAreTheClientsFault() throws IOException, InterruptedException {
        for (byte[] body : List.of(
                "{}".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xbf},
                new byte[] {(byte) 0x9f, 1},
                new byte[] {(byte) 0xff, (byte) 0xff},
                new byte[] {0})) {
            HttpResponse<byte[]> response = send(cbor("PutMetricData", body));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(errorType(response)).isEqualTo("com.amazon.coral.service#SerializationException");
            assertThat(response.headers().firstValue("smithy-protocol")).contains("rpc-v2-cbor");
            assertThat(response.headers().firstValue("x-amzn-query-error")).contains("MalformedInput;Sender");
        }
    }

    @Test
    void aMemberOfAnotherTypeIsTheClientsFault() throws IOException, InterruptedException {
        byte[] body = CBOR.writeValueAsBytes(Map.of("Namespace", 5, "MetricData", List.of()));
        HttpResponse<byte[]> response = send(cbor("PutMetricData", body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(CBOR.readTree(response.body()).get("message").asText())
                .isEqualTo("Expected a string for Namespace, found the number 5.");
    }

    @Test
    void membersThatAreNotInTheModelAreIgnored() throws IOException, InterruptedException {
        byte[] body = CBOR.writeValueAsBytes(Map.of("Colour", "blue"));
        assertThat(send(cbor("ListMetrics", body)).statusCode()).isEqualTo(200);
    }

    @Test
    void otherProtocolsAndOperationsAreRefused() throws IOException, InterruptedException {
        byte[] empty = {(byte) 0xa0};
        assertThat(errorType(send(cbor("MakeCoffee", empty))))
                .isEqualTo("com.amazon.coral.service#UnknownOperationException");
        assertThat(send(cbor("MakeCoffee", empty)).statusCode()).isEqualTo(404);
        assertThat(send(cbor("ListMetrics", empty).header("X-Amz-Target", "x")).statusCode())
                .isEqualTo(400);
        assertThat(send(request(OPERATION + "ListMetrics").POST(BodyPublishers.ofByteArray(empty)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/service/Other/operation/ListMetrics")
                                .header("smithy-protocol", "rpc-v2-cbor")
                                .POST(BodyPublishers.ofByteArray(empty)))
                        .statusCode())
                .isEqualTo(404);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void compressedRequestsAreUnpackedWithinLimits() throws IOException, InterruptedException {
        byte[] request = CBOR.writeValueAsBytes(Map.of("Namespace", "Nobody"));
        HttpResponse<byte[]> fine = send(cbor("ListMetrics", gzip(request)).header("Content-Encoding", "gzip"));
        assertThat(fine.statusCode()).isEqualTo(200);
        assertThat(CBOR.readTree(fine.body())).isEqualTo(JSON.readTree("{\"Metrics\":[]}"));
        assertThat(send(cbor("ListMetrics", request).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(cbor("ListMetrics", request).header("Content-Encoding", "br"))
                        .statusCode())
                .isEqualTo(400);
        byte[] bomb = gzip(new byte[17 << 20]);
        assertThat(send(cbor("ListMetrics", bomb).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(cbor("ListMetrics", new byte[(1 << 20) + 1])).statusCode())
                .isEqualTo(413);
    }

    @Test
    void theMonitorExposesItsOwnMetrics() throws IOException, InterruptedException {
        assertThat(get("/metrics").body())
                .contains("failoverlab_points_written_total", "failoverlab_scrape_duration_seconds_count")
                .contains(
                        "failoverlab_alarm_evaluations_total", "failoverlab_notification_failures_total", "jvm_memory");
    }

    @Test
    void thePageAndItsHealthAreServed() throws IOException, InterruptedException {
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/").body()).contains("<html");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }
}
