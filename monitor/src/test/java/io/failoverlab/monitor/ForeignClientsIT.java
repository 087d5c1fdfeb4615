package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * A monitor in a process of its own, and unmodified clients in theirs. Each does the same: puts data and reads them back, defines an
 * alarm, sets its state, tags it and reads its history, keeps a dashboard, is refused twice, and tidies up.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignClientsIT {
    /** Where {@code lab test-setup} puts the clients that are not Debian's. */
    private static final Path INSTALLED =
            Path.of("../.lab/clients").toAbsolutePath().normalize();

    private static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path home;
    private MonitorProcess monitor;
    private URI url;

    @BeforeAll
    void startMonitor(@TempDir Path directory) throws IOException {
        home = directory;
        monitor = MonitorProcess.start(directory);
        url = monitor.url();
    }

    @AfterAll
    void stopMonitor() {
        monitor.close();
    }

    /** What every client must have seen; only names differ. */
    private static JsonNode expected(String name) throws IOException {
        return JSON.readTree("""
                {"data": {"sum": [10.0], "maximum": [2.5], "half": [5.0]},
                 "p50": 3.0,
                 "metrics": [["Latency", [["Host", "web-1a"]]], ["Size", []]],
                 "alarm": ["NAME: slow", "ALARM", "a drill", 1.5],
                 "history": ["Alarm updated from INSUFFICIENT_DATA to ALARM"],
                 "tags": [["team", "web"]],
                 "dashboard": "{\\"widgets\\":[{\\"type\\":\\"text\\",\\"properties\\":{\\"markdown\\":\\"Grüße\\"}}]}",
                 "dashboards": ["NAME-page"],
                 "unknown": ["ResourceNotFound", "Dashboard nobody does not exist"],
                 "invalid": ["ValidationError", "1 validation error detected: Value 'RED' at 'stateValue' failed to \
                satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"],
                 "left": 0}""".replace("NAME", name));
    }

    private void assertWorks(String name, String... program) throws IOException, InterruptedException {
        long minute =
                Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(120).getEpochSecond();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(url.toString(), name, Long.toString(minute)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(home.resolve(name + ".out").toFile())
                .redirectError(home.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", "any");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "thing");
        builder.environment().put("AWS_REGION", "ap-northeast-1");
        builder.environment().put("AWS_DEFAULT_REGION", "ap-northeast-1");
        Process client = builder.start();
        try {
            assertThat(client.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            client.descendants().forEach(ProcessHandle::destroyForcibly);
            client.destroyForcibly();
        }
        assertThat(client.exitValue())
                .as(Files.readString(home.resolve(name + ".err")))
                .isZero();
        JsonNode seen = JSON.readTree(home.resolve(name + ".out").toFile());
        // one client writes 10, another 10.0
        assertThat(expected(name).equals(ForeignClientsIT::compareNumbers, seen))
                .as(seen.toPrettyString())
                .isTrue();
    }

    private static int compareNumbers(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? Double.compare(a.doubleValue(), b.doubleValue()) : a.equals(b) ? 0 : 1;
    }

    private static Path installed(Path file) {
        assertThat(file).as("`./lab test-setup` installs it").exists();
        return file;
    }

    @Test
    void theSdkForJavaOfTodayWhichSpeaksCbor() throws IOException, InterruptedException {
        assertWorks(
                "JavaCbor",
                MonitorProcess.JAVA,
                "-cp",
                System.getProperty("java.class.path"),
                JavaClient.class.getName());
    }

    @Test
    void anSdkForJavaThatSpeaksQuery() throws IOException, InterruptedException {
        Path library = installed(INSTALLED.resolve("java"));
        assertThat(library.resolve("aws-query-protocol-2.29.0.jar")).exists();
        String classes = Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + library + "/*";
        assertWorks("JavaQuery", MonitorProcess.JAVA, "-cp", classes, JavaClient.class.getName());
    }

    @Test
    void theSdkForJavaScriptWhichSpeaksJson() throws IOException, InterruptedException {
        installed(INSTALLED.resolve("node/node_modules/@aws-sdk/client-cloudwatch"));
        String program = SOURCES.resolve("node/client.mjs").toString();
        assertWorks("JavaScript", "node", program, INSTALLED.resolve("node").toString());
    }

    @Test
    void micrometersRegistry() {
        try (CloudWatchAsyncClient async = CloudWatchAsyncClient.builder()
                .endpointOverride(url)
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            Map<String, String> settings =
                    Map.of("cloudwatch.namespace", "Client/Micrometer", "cloudwatch.highResolution", "true");
            MeterRegistry registry = new CloudWatchMeterRegistry(settings::get, Clock.SYSTEM, async);
            registry.counter("orders", "shop", "tokyo").increment(3);
            registry.timer("checkout").record(Duration.ofMillis(250));
            registry.close(); // publishes what there is
        }
        try (CloudWatchClient client = CloudWatchClient.builder()
                .endpointOverride(url)
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            assertThat(client.listMetrics(request -> request.namespace("Client/Micrometer"))
                            .metrics())
                    .extracting(Metric::metricName)
                    .containsExactly("checkout.avg", "checkout.count", "checkout.max", "checkout.sum", "orders.count");
            Instant now = Instant.now();
            assertThat(client.getMetricStatistics(request -> request.namespace("Client/Micrometer")
                                    .metricName("orders.count")
                                    .dimensions(Dimension.builder()
                                            .name("shop")
                                            .value("tokyo")
                                            .build())
                                    .startTime(now.minusSeconds(120))
                                    .endTime(now.plusSeconds(60))
                                    .period(3600)
                                    .statistics(Statistic.SUM))
                            .datapoints())
                    .extracting(Datapoint::sum, Datapoint::unit)
                    .containsExactly(tuple(3.0, StandardUnit.COUNT));
        }
    }

    @Test
    void debiansBoto3WhichSpeaksQuery() throws IOException, InterruptedException {
        String program = SOURCES.resolve("python/client.py").toString();
        assertWorks("Boto3", installed(Path.of("/usr/bin/python3")).toString(), program, "boto3");
    }

    @Test
    void debiansAwsCliWhichSpeaksQuery() throws IOException, InterruptedException {
        installed(Path.of("/usr/bin/aws"));
        String program = SOURCES.resolve("python/client.py").toString();
        assertWorks("AwsCli", "/usr/bin/python3", program, "aws");
    }
}
