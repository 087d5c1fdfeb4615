package io.failoverlab.monitor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The monitor as a process of its own, started from the build as the lab starts it. */
@Timeout(120)
class MonitorProcessIT {
    private static final Dimension INSTANCE =
            Dimension.builder().name("InstanceId").value("i-0123456789abcdef0").build();

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private volatile int receiverStatus = 204;
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(receiverStatus, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopEverything() {
        processes.forEach(Process::destroyForcibly);
        receiver.stop(0);
    }

    private Process start(String... options) throws IOException {
        return start(List.of(), options);
    }

    private Process start(List<String> jvmOptions, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "target/classes" + System.getProperty("path.separator") + "target/lib/*",
                Monitor.class.getName()));
        command.addAll(1, jvmOptions);
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Process startMonitor() throws IOException {
        return start(
                "--store",
                directory.resolve("monitor.db").toString(),
                "--webhook",
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alarms",
                "--exit-with-parent");
    }

    private static URI url(Process monitor) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8));
        return URI.create(new ObjectMapper().readTree(out.readLine()).get("url").asText());
    }

    private static CloudWatchClient client(URI url) {
        return CloudWatchClient.builder()
                .endpointOverride(url)
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private static void defineAlarm(CloudWatchClient client) {
        client.putMetricAlarm(alarm -> alarm.alarmName("web-1a-down")
                .namespace("AWS/EC2")
                .metricName("StatusCheckFailed")
                .dimensions(INSTANCE)
                .statistic(Statistic.MAXIMUM)
                .period(1)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD));
    }

    private static void die(CloudWatchClient client) {
        client.putMetricData(request -> request.namespace("AWS/EC2")
                .metricData(MetricDatum.builder()
                        .metricName("StatusCheckFailed")
                        .dimensions(INSTANCE)
                        .value(1.0)
                        .storageResolution(1)
                        .build()));
    }

    private List<String> stderr() throws IOException {
        return Files.readAllLines(directory.resolve("stderr"));
    }

    @Test
    void aDeathIsAnAlarmAndTheReceiverIsTold() throws IOException, InterruptedException {
        Process monitor = startMonitor();
        URI url = url(monitor);
        try (CloudWatchClient client = client(url)) {
            defineAlarm(client);
            die(client);
        }
        await().atMost(30, SECONDS)
                .untilAsserted(() -> assertThat(received)
                        .extracting(message -> message.get("NewStateValue").asText())
                        .containsExactly("ALARM"));
        assertThat(stderr())
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "Alarm web-1a-down: INSUFFICIENT_DATA -> ALARM: Threshold Crossed: 1 datapoint [1.0 ("));
        monitor.getOutputStream().close();
        assertThat(monitor.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(monitor.exitValue()).isZero();
        assertThat(directory.resolve("monitor.db-wal")).doesNotExist();
    }

    @Test
    void anAlarmThatCouldNotBeToldIsToldAfterKillMinusNine() throws IOException, InterruptedException {
        receiverStatus = 503;
        Process monitor = startMonitor();
        try (CloudWatchClient client = client(url(monitor))) {
            defineAlarm(client);
            die(client);
        }
        await().atMost(30, SECONDS).until(() -> !received.isEmpty());
        monitor.destroyForcibly().waitFor();
        JsonNode first = received.getFirst();
        received.clear();
        receiverStatus = 204;
        Process again = startMonitor();
        try (CloudWatchClient client = client(url(again))) {
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(received).contains(first));
            assertThat(client.describeAlarms().metricAlarms().getFirst().alarmName())
                    .isEqualTo("web-1a-down");
        }
    }

    @Test
    void alarmsOfAFileRunTheirCommand() throws IOException {
        Path alarms = directory.resolve("alarms.yaml");
        Files.writeString(alarms, """
                AlarmName: web-1a-down
                Namespace: AWS/EC2
                MetricName: StatusCheckFailed
                Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]
                Statistic: Maximum
                Period: 1
                EvaluationPeriods: 1
                Threshold: 1
                ComparisonOperator: GreaterThanOrEqualToThreshold
                """);
        Path told = directory.resolve("told");
        Process monitor = start(
                "--store",
                directory.resolve("monitor.db").toString(),
                "--alarms",
                alarms.toString(),
                "--on-alarm",
                "cat >> " + told + "; echo said so; test -e " + told + ".twice || { touch " + told
                        + ".twice; exit 1; }");
        try (CloudWatchClient client = client(url(monitor))) {
            die(client);
        }
        await().atMost(30, SECONDS)
                .untilAsserted(() ->
                        assertThat(stderr()).anySatisfy(line -> assertThat(line).contains("Notifying command cat")));
        await().atMost(30, SECONDS)
                .untilAsserted(() -> assertThat(told).content().matches("(\\{.*\"web-1a-down\".*\\})\\1"));
        await().atMost(30, SECONDS)
                .untilAsserted(() ->
                        assertThat(stderr()).anySatisfy(line -> assertThat(line).endsWith("said so")));
    }

    @Test
    void aWrongFileOfAlarmsIsSaidAtOnce() throws IOException, InterruptedException {
        Path alarms = directory.resolve("alarms.yaml");
        Files.writeString(alarms, "- AlarmNam: a\n- AlarmName: b\n  AlarmRule: ALARM(\n");
        Process refused = start("--store", directory.resolve("monitor.db").toString(), "--alarms", alarms.toString());
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(stderr()).hasSize(2);
        assertThat(stderr().getFirst()).startsWith(alarms + ": line 1: [0].AlarmNam: unknown key; expected one of ");
        assertThat(stderr().getLast())
                .isEqualTo(
                        alarms + ": line 2: [1]: AlarmRule is not valid at position 7: expected the name or ARN of an"
                                + " alarm, found the end");
    }

    @Test
    void wrongOptionsAndAPortInUseAreOneClearLine() throws IOException, InterruptedException {
        assertThat(start("--timing", "fast").waitFor()).isEqualTo(2);
        assertThat(stderr().getFirst()).isEqualTo("--timing is lab or aws, found 'fast'");
        assertThat(start("--scrape", "ftp://x/").waitFor()).isEqualTo(2);
        assertThat(stderr().getFirst())
                .isEqualTo("a scrape target is a URL like http://127.0.0.1:9000/metrics, found 'ftp://x/'");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Process refused = start(
                    "--port", port, "--store", directory.resolve("other.db").toString());
            assertThat(refused.waitFor()).isEqualTo(4);
            assertThat(stderr())
                    .containsExactly(
                            "Port " + port + " of 127.0.0.1 is in use; stop what uses it or give another --port.");
        }
        assertThat(start("--bind", "0.0.0.0").waitFor()).isEqualTo(2);
        assertThat(stderr().getFirst())
                .isEqualTo("--bind 0.0.0.0 opens the monitor to other machines, which needs --require-token as well");
        Path policy = Files.writeString(directory.resolve("policy.json"), "{\"Version\":\"2012-10-17\"}");
        assertThat(start("--policy", policy.toString()).waitFor()).isEqualTo(2);
        assertThat(stderr().getFirst()).isEqualTo(policy + ": Statement: expected at least one, found nothing");
        assertThat(start("--help").waitFor()).isZero();
    }

    @Test
    void aTargetThatHangsAndOneWithoutTlsAreDown() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpClient http = HttpClient.newHttpClient()) {
            Process monitor = start(
                    "--store",
                    directory.resolve("monitor.db").toString(),
                    "--scrape",
                    "http://127.0.0.1:" + silent.getLocalPort() + "/metrics",
                    "--scrape",
                    "https://127.0.0.1:" + receiver.getAddress().getPort() + "/metrics",
                    "--exit-with-parent");
            HttpRequest page =
                    HttpRequest.newBuilder(url(monitor).resolve("/metrics")).build();
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> http.send(page, HttpResponse.BodyHandlers.ofString())
                                    .body()
                                    .lines()
                                    .filter(line -> line.matches("prometheus_up_maximum\\{.*} 0\\.0 .*"))
                                    .count()
                            == 2);
        }
        assertThat(stderr())
                .anySatisfy(line -> assertThat(line).contains("WARN Scraper - Scraping http://", "failed"))
                .anySatisfy(line -> assertThat(line).contains("WARN Scraper - Scraping https://", "failed"));
    }

    /** Memory: these are hundreds of classes that most monitors never need. */
    @Test
    void whatIsNeededLaterOrNeverIsNotLoaded() throws IOException {
        Path loaded = directory.resolve("loaded");
        Process monitor = start(
                List.of("-Xlog:class+load:file=" + loaded),
                "--store",
                directory.resolve("monitor.db").toString(),
                "--exit-with-parent");
        try (CloudWatchClient client = client(url(monitor))) {
            defineAlarm(client);
            die(client);
        }
        assertThat(Files.readString(loaded))
                .contains("io.failoverlab.alarm.AlarmEngine")
                .doesNotContain(
                        "awssdk.regions.servicemetadata",
                        "sun.security.ssl.SSLContextImpl",
                        "io.prometheus.client.hotspot");
    }
}
