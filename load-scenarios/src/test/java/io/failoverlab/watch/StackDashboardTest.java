package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Timing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackDashboardTest {
    private static JsonNode body(Timing timing) throws Exception {
        return body(BalancerType.APPLICATION, timing);
    }

    private static JsonNode body(BalancerType type, Timing timing) throws Exception {
        Map<String, StackAlarms.Instance> instances = new LinkedHashMap<>();
        instances.put("web-1a", new StackAlarms.Instance("i-a", Monitoring.BASIC));
        instances.put("db-1", new StackAlarms.Instance("i-d", Monitoring.BASIC));
        StackAlarms.Stack stack = new StackAlarms.Stack(
                instances, Map.of("a", "ap-northeast-1a"), type, "app/lb/1", "targetgroup/web/2", timing);
        return new ObjectMapper()
                .readTree(StackDashboard.body(new StackDashboard.Contents(
                        "two-web-one-db", "ap-northeast-1", stack, List.of("db-1"), List.of("latency"))));
    }

    @Test
    void theWidgetsFillTheGridRowByRow() throws Exception {
        List<String> places = new ArrayList<>();
        body(Timing.LAB)
                .path("widgets")
                .forEach(widget -> places.add("%s %d,%d %dx%d %s"
                        .formatted(
                                widget.path("type").asText(),
                                widget.path("x").asInt(),
                                widget.path("y").asInt(),
                                widget.path("width").asInt(),
                                widget.path("height").asInt(),
                                widget.path("properties").path("title").asText())));
        assertThat(places)
                .containsExactly(
                        "alarm 0,0 24x3 Alarms",
                        "metric 0,3 24x3 Now",
                        "metric 0,6 12x6 Requests by status",
                        "metric 12,6 12x6 Response time of targets, s",
                        "metric 0,12 8x6 Hosts",
                        "metric 8,12 8x6 CPU, %",
                        "metric 16,12 8x6 Connections to the database",
                        "metric 0,18 24x6 As the client sees it");
    }

    @Test
    void aNetworkBalancerHasConnectionsInThePlaceOfRequests() throws Exception {
        JsonNode widgets = body(BalancerType.NETWORK, Timing.LAB).path("widgets");
        List<String> titles = new ArrayList<>();
        widgets.forEach(
                widget -> titles.add(widget.path("properties").path("title").asText()));
        assertThat(titles)
                .containsExactly(
                        "Alarms", "Now", "Hosts", "CPU, %", "Connections to the database", "As the client sees it");
        assertThat(widgets.path(1).path("properties").path("metrics").toString())
                .contains("AWS/NetworkELB", "ActiveFlowCount", "HealthyHostCount")
                .doesNotContain("AWS/ApplicationELB");
    }

    @Test
    void instancesAreCalledByTheirNamesAndAlarmsByTheirArns() throws Exception {
        JsonNode widgets = body(Timing.LAB).path("widgets");
        assertThat(widgets.path(0).path("properties").path("alarms").toString())
                .isEqualTo("[\"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:latency\"]");
        assertThat(widgets.path(5).path("properties").path("metrics").toString())
                .isEqualTo("[[\"AWS/EC2\",\"CPUUtilization\",\"InstanceId\",\"i-a\",{\"label\":\"web-1a\"}],"
                        + "[\"AWS/EC2\",\"CPUUtilization\",\"InstanceId\",\"i-d\",{\"label\":\"db-1\"}]]");
    }

    @Test
    void thePeriodIsThatOfTheDatapoints() throws Exception {
        JsonNode lab = body(Timing.LAB);
        JsonNode aws = body(new Timing(Timing.Clocks.AWS, 1));
        assertThat(List.of(
                        lab.path("start").asText(), lab.path("periodOverride").asText()))
                .containsExactly("-PT5M", "auto");
        assertThat(List.of(
                        aws.path("start").asText(), aws.path("periodOverride").asText()))
                .containsExactly("-PT1H", "inherit");
        assertThat(aws.path("widgets").path(1).path("properties").path("period").asInt())
                .isEqualTo(60);
    }

    @Test
    void aNameIsOneThatCloudWatchTakes() {
        assertThat(StackDashboard.name("my shop (v2)")).isEqualTo("my-shop--v2-");
    }
}
