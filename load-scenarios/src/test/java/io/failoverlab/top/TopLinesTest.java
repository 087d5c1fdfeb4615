package io.failoverlab.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.top.Viewer.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopLinesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As they come: message by message. */
    private static List<String> lines(TopLines.Form form) throws Exception {
        TopLines lines = new TopLines(form, new Ink(false, false));
        StackModel model = new StackModel();
        List<String> all = new ArrayList<>();
        for (String message : StackMessages.lines()) {
            model.apply(JSON.readTree(message));
            all.addAll(lines.next(StackMessages.view(model, 0), model.last()));
        }
        all.addAll(lines.next(StackMessages.view(model, 1, Connection.LOST), model.last()));
        return all;
    }

    @Test
    void eachSecondAndEachEventHasItsLineOnce() throws Exception {
        assertThat(lines(TopLines.Form.TEXT))
                .containsExactly(
                        "04:59:40  ○ Instance  db-1 running: its container started",
                        "04:59:48  ● Target  web-1a initial → healthy",
                        "04:59:49  ● Target  web-1c initial → healthy",
                        "05:00:01  ○ 2 of 2 targets in service, no alarm, 1 with insufficient data  requests/s 310  5XX/s 0  p50 4 ms  p99 8 ms",
                        "05:00:02  ○ 2 of 2 targets in service, no alarm, 1 with insufficient data  requests/s 305  5XX/s 0  p50 4 ms  p99 8 ms",
                        "05:00:02  ϟ Fault Injected  kill web-1a: stands for: an EC2 instance whose host fails",
                        "05:00:03  ✖ Target  web-1a healthy → unhealthy: Health checks failed",
                        "04:59:45  ◌ Target  web-1a initial: Target registration is in progress",
                        "05:00:03  ✖ Alarm  unhealthy-hosts ALARM: Threshold Crossed",
                        "05:00:03  ○ Rotation Change  nginx now sends to web-1c",
                        "05:00:03  ✖ 1 of 2 targets in service, 1 alarm, 1 with insufficient data  requests/s 298  5XX/s 2  p50 4 ms  p99 8 ms",
                        "Disconnected, trying again; last data 05:00:03, 1 s ago  ? Unknown: disconnected; last known: 1 of 2 targets in"
                                + " service, 1 alarm, 1 with insufficient data  requests/s 298  5XX/s 2  p50 4 ms  p99 8 ms");
    }

    @Test
    void forProgramsEachSecondIsAnObjectWithTheEventsSinceTheLast() throws Exception {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines(TopLines.Form.JSON)) {
            objects.add(JSON.readTree(line));
        }
        assertThat(objects).hasSize(4);
        assertThat(objects.stream().map(it -> it.path("events").size())).containsExactly(3, 0, 5, 0);
        JsonNode third = objects.get(2);
        assertThat(third.path("freshness").path("live").asBoolean()).isTrue();
        assertThat(third.path("rates").path("requests").asDouble()).isEqualTo(298);
        assertThat(third.path("rates").path("clientRequests").isNull()).isTrue();
        assertThat(third.path("targets").path(0).path("lastState").asText()).isEqualTo("unhealthy");
        assertThat(third.path("targets").path(1).path("cpu").isNull()).isTrue();
        assertThat(third.path("alarms").path(0).path("state").asText()).isEqualTo("ALARM");
        assertThat(third.path("databases").path(0).path("connections").asInt()).isEqualTo(8);
        assertThat(objects.get(3).path("freshness").path("word").asText()).isEqualTo("Disconnected");
    }
}
