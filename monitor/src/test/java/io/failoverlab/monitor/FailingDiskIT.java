package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.store.FailingCalls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A monitor whose disk fails while it is used: every request is answered, what is acknowledged is there after kill -9, what is not
 * says so, and all works again as soon as the disk does.
 */
@Timeout(120)
class FailingDiskIT {
    private static final int ROUNDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Makes the log long enough that SQLite moves it into the file, which is when it waits for the disk. */
    private static final String LONG_TEXT = "x".repeat(300_000);

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> acknowledged = new HashSet<>();
    private int refused;
    private MonitorProcess monitor;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        String obstacle = FailingCalls.obstacle(directory);
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
        monitor = MonitorProcess.start(directory);
    }

    @AfterEach
    void stop() {
        if (monitor != null) {
            monitor.close();
        }
        http.close();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> call(String operation, String parameters) throws IOException, InterruptedException {
        return send(Wire.JSON.request(
                monitor.url(),
                operation,
                JSON.readTree(parameters.replace("\\'", "\\\"").replace('\'', '"'))));
    }

    /** One of each kind of thing that is kept; the name says the round. */
    private void use(int round) throws IOException, InterruptedException {
        String alarm = "alarm-" + round;
        note(
                alarm,
                call(
                        "PutMetricAlarm",
                        "{'AlarmName':'" + alarm + "','Namespace':'Test','MetricName':'Value','Statistic':'Sum',"
                                + "'Period':60,'EvaluationPeriods':1,'Threshold':1,"
                                + "'ComparisonOperator':'GreaterThanThreshold'}"));
        if (acknowledged.contains(alarm)) {
            note(
                    alarm + ": ALARM",
                    call("SetAlarmState", "{'AlarmName':'" + alarm + "','StateValue':'ALARM','StateReason':'test'}"));
        }
        note(
                "board-" + round,
                call("PutDashboard", "{'DashboardName':'board-" + round + "','DashboardBody':'{\\'widgets\\':[]}'}"));
        HttpRequest.Builder events = HttpRequest.newBuilder(monitor.url().resolve("/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[{\"time\":\"2026-01-02T03:04:05Z\",\"source\":\"test\",\"detailType\":"
                        + "\"event-" + round + "\",\"detail\":{\"text\":\"" + LONG_TEXT + "\"}}]"));
        note("event-" + round, send(events));
        assertThat(call("PutMetricData", "{'Namespace':'Test','MetricData':[{'MetricName':'Points','Value':1}]}")
                        .statusCode())
                .isEqualTo(200);
    }

    private void note(String what, HttpResponse<byte[]> answer) {
        if (answer.statusCode() < 300) {
            acknowledged.add(what);
        } else {
            refused++;
            assertThat(new String(answer.body()))
                    .as(what + " answered by " + answer.statusCode())
                    .contains("the store")
                    .contains("monitor.db");
            assertThat(answer.statusCode()).isEqualTo(500);
        }
    }

    /** Of everything that is there now. */
    private Set<String> found() throws IOException, InterruptedException {
        Set<String> found = new HashSet<>();
        for (JsonNode alarm : JSON.readTree(
                        call("DescribeAlarms", "{'MaxRecords':100}").body())
                .get("MetricAlarms")) {
            found.add(alarm.get("AlarmName").asText());
        }
        String states = "{'HistoryItemType':'StateUpdate','MaxRecords':100}";
        for (JsonNode item :
                JSON.readTree(call("DescribeAlarmHistory", states).body()).get("AlarmHistoryItems")) {
            found.add(item.get("AlarmName").asText() + ": "
                    + item.get("HistorySummary").asText().replaceFirst(".* to ", ""));
        }
        for (JsonNode board : JSON.readTree(call("ListDashboards", "{}").body()).get("DashboardEntries")) {
            found.add(board.get("DashboardName").asText());
        }
        for (JsonNode event : JSON.readTree(
                send(HttpRequest.newBuilder(monitor.url().resolve("/events"))).body())) {
            found.add(event.get("detailType").asText());
        }
        return found;
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    private double figure(String name) throws IOException, InterruptedException {
        return new String(send(HttpRequest.newBuilder(monitor.url().resolve("/metrics")))
                        .body())
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private double points() throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        JsonNode data = JSON.readTree(call(
                        "GetMetricStatistics",
                        "{'Namespace':'Test','MetricName':'Points','StartTime':" + (now - 3_600) + ",'EndTime':"
                                + (now + 3_600) + ",'Period':7200,'Statistics':['Sum']}")
                .body());
        return data.at("/Datapoints/0/Sum").asDouble();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "pwrite64,write,ftruncate,fallocate EIO 1+",
                "pwrite64,write,ftruncate,fallocate ENOSPC 30+30",
                "fsync,fdatasync EIO 1+",
                "pwrite64,write,ftruncate,fallocate,fsync,fdatasync,openat EIO 7+7"
            })
    void aDiskThatFailsForAWhileCostsNothingThatWasAcknowledged(String calls, String error, String when)
            throws IOException, InterruptedException {
        int failed;
        use(0);
        assertThat(refused).isZero();
        try (FailingCalls failing =
                FailingCalls.ofProcess(monitor.pid(), directory.resolve("monitor.db"), calls, error, when)) {
            for (int round = 1; round <= ROUNDS; round++) {
                use(round);
            }
            await().atMost(LIMIT).until(() -> said().contains("the store"));
            failed = failing.end();
        }
        assertThat(failed).isPositive();
        int before = refused;
        use(ROUNDS + 1);
        assertThat(refused).as("requests refused after the disk worked again").isEqualTo(before);
        await().atMost(LIMIT).until(() -> points() == ROUNDS + 2 && figure("failoverlab_points_written_total") > 0);
        monitor.close();
        monitor = MonitorProcess.start(directory);
        assertThat(found()).containsAll(acknowledged);
        assertThat(figure("failoverlab_store_damages_total")).isZero();
    }
}
