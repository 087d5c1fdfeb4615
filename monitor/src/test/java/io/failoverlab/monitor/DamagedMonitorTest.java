package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole monitor on a damaged store: it starts, answers everything without a 5xx, and tells of the damage. */
@Timeout(120)
class DamagedMonitorTest {
    private static final int DAMAGES = 25;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READ = List.of(
            "ListMetrics {}",
            "DescribeAlarms {'AlarmTypes':['MetricAlarm','CompositeAlarm']}",
            "DescribeAlarmHistory {}",
            "ListDashboards {}",
            "GetDashboard {'DashboardName':'board'}",
            "ListTagsForResource {'ResourceARN':'arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:child'}",
            "GetMetricStatistics {'Namespace':'Test','MetricName':'Value','StartTime':START,'EndTime':END,'Period':60,"
                    + "'Statistics':['Sum']}");
    private static final List<String> WRITE = List.of(
            "PutMetricData {'Namespace':'Test','MetricData':[{'MetricName':'Value','Value':3,'StorageResolution':1}]}",
            "PutMetricAlarm {'AlarmName':'child','Namespace':'Test','MetricName':'Value','Statistic':'Maximum',"
                    + "'Period':1,'EvaluationPeriods':1,'Threshold':2,'ComparisonOperator':'GreaterThanThreshold',"
                    + "'Tags':[{'Key':'k','Value':'v'}]}",
            "PutCompositeAlarm {'AlarmName':'parent','AlarmRule':'ALARM(child)'}",
            "PutDashboard {'DashboardName':'board','DashboardBody':'{\\'widgets\\':[]}'}",
            "SetAlarmState {'AlarmName':'child','StateValue':'OK','StateReason':'test'}");

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path store;
    private byte[] whole;

    @BeforeEach
    void makeAStore() throws IOException, InterruptedException {
        store = directory.resolve("monitor.db");
        try (RunningMonitor monitor = start()) {
            for (String request : WRITE) {
                assertThat(call(monitor.url(), request).statusCode())
                        .as(request)
                        .isEqualTo(200);
            }
        }
        whole = Files.readAllBytes(store);
    }

    @AfterEach
    void closeClient() {
        http.close();
    }

    private RunningMonitor start() {
        return RunningMonitor.start(ClientAgainstMonitor.settings(directory), InstantSource.system());
    }

    private HttpResponse<byte[]> call(URI monitor, String request) throws IOException, InterruptedException {
        String[] parts = request.split(" ", 2);
        long now = Instant.now().getEpochSecond();
        JsonNode tree = JSON.readTree(parts[1].replace("\\'", "\\\"")
                .replace('\'', '"')
                .replace("START", Long.toString(now - 600))
                .replace("END", Long.toString(now + 60)));
        return http.send(Wire.JSON.request(monitor, parts[0], tree).build(), BodyHandlers.ofByteArray());
    }

    /** Returns the monitor's own page of figures. */
    private String useOn(byte[] file) throws IOException, InterruptedException {
        Files.write(store, file);
        try (RunningMonitor monitor = start()) {
            for (List<String> requests : List.of(READ, WRITE, READ)) {
                for (String request : requests) {
                    assertThat(call(monitor.url(), request).statusCode())
                            .as(request)
                            .isLessThan(500);
                }
            }
            return get(monitor.url().resolve("/metrics"));
        }
    }

    private String get(URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    @Test
    void whereverAByteIsFlippedAllIsAnswered() throws IOException, InterruptedException {
        Random random = new Random(7);
        int told = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            told += useOn(damaged).contains("failoverlab_store_damages_total 1.0") ? 1 : 0;
        }
        assertThat(told).isPositive();
    }

    @Test
    void whereverTheFileEndsAllIsAnsweredAndTheDamageIsTold() throws IOException, InterruptedException {
        // The last bytes are a checksum, and SQLite reads what is missing of a page as zeros: one that ends in zero
        // would lose nothing.
        for (int length = whole.length - 16; length > 0; length -= whole.length / 7) {
            assertThat(useOn(Arrays.copyOf(whole, length))).contains("failoverlab_store_damages_total 1.0");
        }
        assertThat(useOn(whole)).contains("failoverlab_store_damages_total 0.0");
    }

    /** Overwrites the beginning of the table's first page, while the monitor uses the store. */
    private void damage(String table, byte[] with) throws IOException, SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + store);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            long page;
            try (ResultSet row =
                    statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = '" + table + "'")) {
                page = row.getLong(1);
            }
            try (RandomAccessFile file = new RandomAccessFile(store.toFile(), "rw")) {
                file.seek((page - 1) * 4096);
                file.write(with);
            }
            statement.execute("CREATE TABLE other (a)"); // what others change nobody has in his memory any more
            statement.execute("DROP TABLE other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alarm", "alarm_history", "event", "dashboard", "tag", "series", "tick"})
    void damageThatIsMetWhileTheMonitorRunsIsHealedAndTold(String table)
            throws IOException, InterruptedException, SQLException {
        Files.write(store, whole);
        try (RunningMonitor monitor = start()) {
            damage(table, new byte[] {(byte) 0x8d}); // a kind of page that SQLite does not know
            for (List<String> requests : List.of(READ, WRITE, READ)) {
                for (String request : requests) {
                    assertThat(call(monitor.url(), request).statusCode())
                            .as(request)
                            .isEqualTo(200);
                }
            }
            awaitTold(monitor);
            assertThat(get(monitor.url().resolve("/metrics"))).contains("failoverlab_store_damages_total 1.0");
            assertThat(directory.resolve("monitor.db.damaged-1")).exists();
        }
        assertAllIsThere();
    }

    private void awaitTold(RunningMonitor monitor) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> get(monitor.url().resolve("/events")).contains("Store Damaged"));
    }

    private void assertAllIsThere() throws IOException, InterruptedException {
        try (RunningMonitor monitor = start()) {
            assertThat(get(monitor.url().resolve("/metrics"))).contains("failoverlab_store_damages_total 0.0");
            assertThat(body(call(monitor.url(), READ.get(1)))).contains("parent", "\"AlarmName\":\"child\"");
            assertThat(body(call(monitor.url(), READ.get(0))))
                    .contains("\"Namespace\":\"Test\"")
                    .doesNotContain("FailoverLab/Salvaged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alarm", "series"})
    void whatIsLostInTheFileAndKnownInMemoryIsSavedAgain(String table)
            throws IOException, InterruptedException, SQLException {
        Files.write(store, whole);
        try (RunningMonitor monitor = start()) {
            String calm =
                    WRITE.get(1).replace("'child'", "'calm'").replace("'MetricName':'Value'", "'MetricName':'None'");
            assertThat(call(monitor.url(), calm).statusCode()).isEqualTo(200);
            damage(table, new byte[4096]);
            call(monitor.url(), WRITE.getLast());
            call(monitor.url(), WRITE.getFirst().replace("'Value',", "'Other',"));
            awaitTold(monitor);
        }
        assertAllIsThere();
        try (RunningMonitor monitor = start()) {
            assertThat(body(call(monitor.url(), READ.get(1)))).contains("\"AlarmName\":\"calm\"");
        }
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void anAlarmThatIsLostIsNamedAndItsParentGoesOn() throws IOException, InterruptedException {
        byte[] damaged = whole.clone();
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int definition = text.lastIndexOf("{\"AlarmName\":\"child\"");
        damaged[text.indexOf("GreaterThanThreshold", definition)]++;
        Files.write(store, damaged);
        try (RunningMonitor monitor = start()) {
            String alarms = new String(call(monitor.url(), READ.get(1)).body(), StandardCharsets.UTF_8);
            assertThat(alarms).contains("parent").doesNotContain("\"AlarmName\":\"child\"");
            assertThat(get(monitor.url().resolve("/events")))
                    .contains("Store Damaged", "Lost: 1 alarms (among them 'child')", "monitor.db.damaged-1");
            assertThat(get(monitor.url().resolve("/metrics")))
                    .contains("failoverlab_store_rows_lost_total{kind=\"alarms\",} 1.0");
            assertThat(call(monitor.url(), WRITE.get(1)).statusCode()).isEqualTo(200);
            assertThat(call(monitor.url(), "SetAlarmState {'AlarmName':'child','StateValue':'ALARM','StateReason':'x'}")
                            .statusCode())
                    .isEqualTo(200);
            String again = new String(call(monitor.url(), READ.get(1)).body(), StandardCharsets.UTF_8);
            assertThat(JSON.readTree(again).at("/CompositeAlarms/0/StateValue").asText())
                    .isEqualTo("ALARM");
        }
        assertThat(directory.resolve("monitor.db.damaged-1")).hasBinaryContent(damaged);
    }
}
