package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** The table {@code refused-requests.txt}: what is refused in which words, the same in all three protocols. */
class RefusedRequestsTest extends ClientAgainstMonitor {
    private static final Path TABLE = Path.of("src/test/resources/io/failoverlab/monitor/refused-requests.txt");

    private static final Pattern LONG_TEXT = Pattern.compile("<(\\d+)>");

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void defineWhatTheTableRefersTo() {
        client.putMetricAlarm(alarm("there").namespace("T").build());
        client.putMetricData(request -> request.namespace("held")
                .metricData(MetricDatum.builder().metricName("M").value(1.0).build()));
    }

    @AfterAll
    void closeClient() {
        http.close();
    }

    static Stream<Arguments> table() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = LONG_TEXT
                        .matcher(line)
                        .replaceAll(size -> "x".repeat(Integer.parseInt(size.group(1))))
                        .split(" \\| ", 5);
                Arrays.stream(Wire.values())
                        .forEach(wire -> rows.add(Arguments.of(
                                wire, columns[0], columns[1], Integer.parseInt(columns[2]), columns[3], columns[4])));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("table")
    void aRequestIsRefusedInCloudWatchsWords(
            Wire wire, String operation, String parameters, int status, String code, String message)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                wire.request(monitor.url(), operation, new ObjectMapper().readTree(parameters))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(wire.refusal(response)).isEqualTo(new Wire.Refusal(status, code, message.replace("\\n", "\n")));
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }
}
