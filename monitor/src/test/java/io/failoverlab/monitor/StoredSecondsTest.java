package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a page that is opened late asks for, of a monitor that was started again in between. */
@Timeout(60)
class StoredSecondsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private RunningMonitor start() {
        return RunningMonitor.start(ClientAgainstMonitor.settings(directory), InstantSource.system());
    }

    private HttpResponse<String> get(RunningMonitor monitor, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(monitor.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    private void put(RunningMonitor monitor, String namespace, Instant at, String unit, int value) throws Exception {
        String datum = "&MetricData.member.1.MetricName=M&MetricData.member.1.StorageResolution=1"
                + "&MetricData.member.1.Dimensions.member.1.Name=InstanceId"
                + "&MetricData.member.1.Dimensions.member.1.Value=i-1"
                + "&MetricData.member.1.Timestamp=" + at + "&MetricData.member.1.Unit=" + unit
                + "&MetricData.member.1.Value=" + value;
        assertThat(get(monitor, "/?Action=PutMetricData&Namespace=" + namespace + datum)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSecondsOfHalfAnHourAgoAreTold() throws Exception {
        Instant past = Instant.now().minusSeconds(1800).truncatedTo(ChronoUnit.SECONDS);
        try (RunningMonitor monitor = start()) {
            put(monitor, "AWS/EC2", past, "Percent", 40);
            put(monitor, "AWS/EC2", past, "Count", 7);
            put(monitor, "AWS/EC2", past.plusSeconds(9), "Percent", 60);
            put(monitor, "AWS/EC2", past.plusSeconds(10), "Percent", 80);
            put(monitor, "Shop", past, "Percent", 1);
        }
        long from = past.getEpochSecond();
        try (RunningMonitor again = start()) {
            JsonNode told = JSON.readTree(
                    get(again, "/live/past?from=" + from + "&to=" + (from + 10)).body());

            assertThat(told.path("type").asText()).isEqualTo("past");
            assertThat(told.path("seconds").toString()).isEqualTo("[" + from + "," + (from + 9) + "]");
            assertThat(told.path("series").findValuesAsText("namespace"))
                    .as("each unit is a series of its own, and the page knows no other namespaces")
                    .containsExactly("AWS/EC2", "AWS/EC2");
            assertThat(told.path("series")).anySatisfy(series -> {
                assertThat(series.path("unit").asText()).isEqualTo("Percent");
                assertThat(series.path("points").toString())
                        .isEqualTo("[[%d,1,40,40,40,40,40,40],[%d,1,60,60,60,60,60,60]]".formatted(from, from + 9));
            });
            assertThat(JSON.readTree(get(again, "/live/past?from=" + (from - 300) + "&to=" + from)
                                    .body())
                            .path("seconds"))
                    .isEmpty();
        }
    }

    @Test
    void aStretchThatIsNoneIsRefusedWithWhatIsExpected() throws Exception {
        try (RunningMonitor monitor = start()) {
            for (String query :
                    List.of("", "?from=1", "?from=10&to=10", "?from=10&to=611", "?from=-1&to=5", "?from=1.5&to=5")) {
                HttpResponse<String> refused = get(monitor, "/live/past" + query);
                assertThat(refused.statusCode()).as(query).isEqualTo(400);
                assertThat(refused.body()).startsWith("expected from and to in whole seconds since 1970");
            }
        }
    }
}
