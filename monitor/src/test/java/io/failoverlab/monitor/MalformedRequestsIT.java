package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that no client sends, to a monitor whose memory would not hold what they ask for: every one is answered, none by a 5xx,
 * and afterwards it works as before. What was sent is told by the seed.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsIT {
    private static final int REQUESTS = 3000;
    /** Half of what the requests of one test weigh; datapoints and alarms' states take some of it. */
    private static final long MAX_KEPT = 400_000;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALID = List.of(
            "PutMetricData {'Namespace':'N','MetricData':[{'MetricName':'M','Value':1,'Unit':'Count','Timestamp':NOW,"
                    + "'Dimensions':[{'Name':'a','Value':'b'}],'StorageResolution':1},"
                    + "{'MetricName':'V','Values':[1,2],'Counts':[1,1]},"
                    + "{'MetricName':'S','StatisticValues':{'SampleCount':1,'Sum':1,'Minimum':1,'Maximum':1}}]}",
            "GetMetricData {'StartTime':NOW,'EndTime':NOW,'ScanBy':'TimestampAscending','MaxDatapoints':10,"
                    + "'MetricDataQueries':[{'Id':'m','MetricStat':{'Metric':{'Namespace':'N','MetricName':'M',"
                    + "'Dimensions':[{'Name':'a','Value':'b'}]},'Period':60,'Stat':'p99'}},"
                    + "{'Id':'e','Expression':'IF(m > 1, FILL(m, 0) / 2, RATE(m))','Label':'x'}]}",
            "GetMetricStatistics {'Namespace':'N','MetricName':'M','StartTime':NOW,'EndTime':NOW,'Period':60,"
                    + "'Statistics':['Sum'],'Unit':'Count'}",
            "ListMetrics {'Namespace':'N','MetricName':'M','Dimensions':[{'Name':'a'}],'RecentlyActive':'PT3H'}",
            "PutMetricAlarm {'AlarmName':'A','Namespace':'N','MetricName':'M','Statistic':'Sum','Period':60,"
                    + "'EvaluationPeriods':3,'DatapointsToAlarm':2,'Threshold':1,'ActionsEnabled':true,"
                    + "'ComparisonOperator':'GreaterThanThreshold','AlarmActions':['arn:aws:sns:eu-west-1:000000000000:t'],"
                    + "'Tags':[{'Key':'k','Value':'v'}]}",
            "PutMetricAlarm {'AlarmName':'X','EvaluationPeriods':1,'Threshold':1,'ComparisonOperator':'LessThanThreshold',"
                    + "'Metrics':[{'Id':'e','Expression':'m * 2'},{'Id':'m','ReturnData':false,'MetricStat':{'Metric':"
                    + "{'Namespace':'N','MetricName':'M'},'Period':60,'Stat':'Sum'}}]}",
            "PutCompositeAlarm {'AlarmName':'C','AlarmRule':'ALARM(A) AND NOT OK(\\'X\\')','ActionsSuppressor':'A',"
                    + "'ActionsSuppressorWaitPeriod':1,'ActionsSuppressorExtensionPeriod':1}",
            "DescribeAlarms {'AlarmNames':['A'],'AlarmTypes':['MetricAlarm'],'StateValue':'OK','MaxRecords':10}",
            "DescribeAlarmsForMetric {'Namespace':'N','MetricName':'M','Statistic':'Sum','Period':60}",
            "DescribeAlarmHistory {'AlarmName':'A','HistoryItemType':'StateUpdate','StartDate':NOW,'MaxRecords':1}",
            "SetAlarmState {'AlarmName':'A','StateValue':'OK','StateReason':'r','StateReasonData':'{}'}",
            "EnableAlarmActions {'AlarmNames':['A']}",
            "DisableAlarmActions {'AlarmNames':['A']}",
            "DeleteAlarms {'AlarmNames':['B']}",
            "PutDashboard {'DashboardName':'D','DashboardBody':'{\\'widgets\\':[]}','Tags':[{'Key':'k','Value':'v'}]}",
            "GetDashboard {'DashboardName':'D'}",
            "ListDashboards {'DashboardNamePrefix':'D'}",
            "DeleteDashboards {'DashboardNames':['E']}",
            "TagResource {'ResourceARN':'arn:aws:cloudwatch::000000000000:dashboard/D','Tags':[{'Key':'k','Value':'v'}]}",
            "UntagResource {'ResourceARN':'arn:aws:cloudwatch::000000000000:dashboard/D','TagKeys':['k']}",
            "ListTagsForResource {'ResourceARN':'arn:aws:cloudwatch::000000000000:dashboard/D'}");
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[null]",
            "[[]]",
            "[{}]",
            "''",
            "' '",
            "'\\u0000'",
            "-1",
            "0",
            "1",
            "1e308",
            "1e999",
            "-0.0",
            "0.1",
            "2147483648",
            "9223372036854775807",
            "99999999999999999999999999",
            "-62135596800",
            "253402300800",
            "1e15",
            "'NaN'",
            "'Infinity'",
            "'" + "x".repeat(5000) + "'",
            "{'a':{'b':[1]}}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MonitorProcess monitor;

    @BeforeAll
    void startMonitor(@TempDir Path directory) throws IOException {
        monitor = MonitorProcess.start(directory, "-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
    }

    @AfterAll
    void stopMonitor() {
        monitor.close();
        http.close();
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace("\\'", "\\\"")
                .replace('\'', '"')
                .replace("NOW", Long.toString(Instant.now().getEpochSecond())));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
    }

    private void assertStillWorks() throws IOException, InterruptedException {
        assertThat(monitor.isAlive()).isTrue();
        for (Wire wire : Wire.values()) {
            assertThat(send(wire.request(monitor.url(), "ListMetrics", json("{}")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Puts something odd, or nothing, in the place of one value of the request. */
    private static void mutateTree(JsonNode tree, Random random) throws IOException {
        List<Consumer<JsonNode>> places = new ArrayList<>();
        List<Runnable> removals = new ArrayList<>();
        collect(tree, places, removals);
        int place = random.nextInt(places.size());
        if (random.nextInt(6) == 0) {
            removals.get(place).run();
        } else {
            places.get(place).accept(json(ODD.get(random.nextInt(ODD.size()))));
        }
    }

    private static void collect(JsonNode node, List<Consumer<JsonNode>> places, List<Runnable> removals) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                places.add(odd -> object.set(entry.getKey(), odd));
                removals.add(() -> object.remove(entry.getKey()));
                collect(entry.getValue(), places, removals);
            });
        } else if (node instanceof ArrayNode array) {
            IntStream.range(0, array.size()).forEach(i -> {
                places.add(odd -> array.set(i, odd));
                removals.add(() -> array.remove(i));
                collect(array.get(i), places, removals);
            });
        }
    }

    private static byte[] mutateBytes(byte[] body, Random random) {
        byte[] mutated = body.clone();
        switch (random.nextInt(3)) {
            case 0 -> mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            default -> mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length));
        }
        return mutated;
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whateverIsWrongIsTheClientsFault(Wire wire) throws IOException, InterruptedException {
        sendMalformed(wire);
        assertStillWorks();
    }

    /** The first time it may learn names of metrics and alarms; the second time they are the same. */
    @ParameterizedTest
    @EnumSource(Wire.class)
    void nothingOfARequestStaysInMemory(Wire wire) throws IOException, InterruptedException {
        sendMalformed(wire);
        long before = monitor.liveBytes();
        sendMalformed(wire);
        assertThat(monitor.liveBytes() - before).as("bytes that stayed").isLessThan(MAX_KEPT);
    }

    private void sendMalformed(Wire wire) throws IOException, InterruptedException {
        for (int seed = 0; seed < REQUESTS; seed++) {
            Random random = new Random(seed);
            String[] valid = VALID.get(random.nextInt(VALID.size())).split(" ", 2);
            JsonNode tree = json(valid[1]);
            boolean bytes = random.nextBoolean();
            if (!bytes) {
                mutateTree(tree, random);
            }
            byte[] body = wire.body(valid[0], tree);
            body = bytes ? mutateBytes(body, random) : body;
            HttpResponse<byte[]> response = send(wire.request(monitor.url(), valid[0], body));
            assertThat(response.statusCode())
                    .as("%s, seed %d: %s %s -> %s", wire, seed, valid[0], printable(body), printable(response.body()))
                    .isIn(200, 400, 404);
            assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        }
    }

    private static String printable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.length() > 2000
                ? text.substring(0, 2000)
                : text + " " + HexFormat.of().formatHex(bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    /** Small on the wire, large when they are unpacked. */
    static Stream<String> largeJson() {
        String values = "[" + "1,".repeat(2_000_000) + "1]";
        return Stream.of(
                "{\"Namespace\":\"N\",\"MetricData\":[{\"MetricName\":\"M\",\"Values\":" + values + "}]}",
                "{\"Namespace\":\"N\",\"MetricData\":[" + "{},".repeat(2_000_000) + "{}]}",
                "{\"Unknown\":" + values + "}",
                "[".repeat(4_000_000),
                "{\"Unknown\":".repeat(500_000),
                "{\"Namespace\":\"" + "N".repeat(7_000_000) + "\"}",
                " ".repeat(200_000_000));
    }

    @ParameterizedTest
    @MethodSource("largeJson")
    void whatGrowsWhenItIsUnpackedDoesNotFillTheMemory(String document) throws IOException, InterruptedException {
        byte[] packed = gzip(document);
        assertAnsweredTogether(
                Wire.JSON.request(monitor.url(), "PutMetricData", packed).header("Content-Encoding", "gzip"));
    }

    @Test
    void neitherDoManyParameters() throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder("Action=PutMetricData");
        IntStream.range(0, 600_000).forEach(i -> form.append('&').append(i));
        for (String body : List.of(form.toString(), "Action=ListMetrics&" + "a.".repeat(2_000_000))) {
            assertAnsweredTogether(Wire.QUERY
                    .request(monitor.url(), "PutMetricData", gzip(body))
                    .header("Content-Encoding", "gzip"));
        }
    }

    private void assertAnsweredTogether(HttpRequest.Builder request) throws IOException, InterruptedException {
        List<CompletableFuture<HttpResponse<byte[]>>> answers =
                Collections.nCopies(4, request.timeout(LIMIT).build()).stream()
                        .map(one -> http.sendAsync(one, BodyHandlers.ofByteArray()))
                        .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isIn(200, 400, 413));
        assertStillWorks();
    }

    @Test
    void aRequestThatEndsEarlyIsAnswered() throws IOException, InterruptedException {
        try (Socket socket = new Socket(monitor.url().getHost(), monitor.url().getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
                                    + "X-Amz-Target: GraniteServiceVersion20100801.ListMetrics\r\n\r\n{\"Name")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
        assertStillWorks();
    }
}
