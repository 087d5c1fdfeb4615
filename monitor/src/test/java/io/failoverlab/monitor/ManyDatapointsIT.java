package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million datapoints in one run, to a monitor whose heap holds only a part of them: none is lost, and it does not grow. */
@Timeout(180)
class ManyDatapointsIT {
    private static final int SERIES = 200;
    private static final int SECONDS = 5_000;
    private static final int SECONDS_PER_REQUEST = 5;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private JsonNode call(MonitorProcess monitor, Wire wire, String operation, JsonNode parameters)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(wire.request(monitor.url(), operation, parameters).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return wire == Wire.JSON ? new ObjectMapper().readTree(answer.body()) : JsonNodeFactory.instance.nullNode();
    }

    /** All series in some seconds; the value is the number of the second. */
    private static ObjectNode data(long start, int from) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("Namespace", "Many");
        ArrayNode data = request.putArray("MetricData");
        for (int second = from; second < from + SECONDS_PER_REQUEST; second++) {
            for (int series = 0; series < SERIES; series++) {
                data.addObject()
                        .put("MetricName", "M" + series)
                        .put("Timestamp", (double) (start + second))
                        .put("Value", (double) second)
                        .put("StorageResolution", 1);
            }
        }
        return request;
    }

    @Test
    void aMillionDatapointsAreAllReadBackAndTheMonitorDoesNotGrow(@TempDir Path directory)
            throws IOException, InterruptedException {
        try (MonitorProcess monitor =
                MonitorProcess.start(directory, "-Xmx96m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")) {
            long start = Instant.now().getEpochSecond() - SECONDS;
            for (int from = 0; from < SECONDS; from += SECONDS_PER_REQUEST) {
                call(monitor, Wire.CBOR, "PutMetricData", data(start, from));
            }
            double samples = 0;
            double sum = 0;
            for (int series = 0; series < SERIES; series++) {
                for (JsonNode point : call(monitor, Wire.JSON, "GetMetricStatistics", query(start, series))
                        .get("Datapoints")) {
                    samples += point.get("SampleCount").asDouble();
                    sum += point.get("Sum").asDouble();
                }
            }
            assertThat(samples).isEqualTo(1_000_000);
            assertThat(sum).isEqualTo(SERIES * (SECONDS * (SECONDS - 1.0) / 2));
            assertThat(monitor.isAlive()).isTrue();
        } finally {
            http.close();
        }
    }

    private static ObjectNode query(long start, int series) {
        ObjectNode query = JsonNodeFactory.instance
                .objectNode()
                .put("Namespace", "Many")
                .put("MetricName", "M" + series)
                .put("StartTime", start - start % 3600)
                .put("EndTime", start - start % 3600 + 4 * 3600)
                .put("Period", 3600);
        query.putArray("Statistics").add("SampleCount").add("Sum");
        return query;
    }
}
