package io.failoverlab.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.event.LabEvent;
import io.failoverlab.live.LiveMessage;
import io.failoverlab.live.LiveMessage.AlarmMessage;
import io.failoverlab.live.LiveMessage.EventMessage;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a feed tells about two web servers in two zones under load, of which web-1a is killed. */
final class KilledWebServer {
    static final Instant START = Instant.parse("2026-01-02T05:00:00Z");
    static final String WEB_1A = "i-0a1b2c3d4e5f60001";
    static final String WEB_1C = "i-0a1b2c3d4e5f60002";
    static final String ALARM = "web-1a-down";
    static final String REASON =
            "Threshold Crossed: 1 datapoint [1.0 (02/01/26 05:01:20)] was greater than or equal to the"
                    + " threshold (1.0).";

    private static final String BALANCER = "app/lab/50dc6c495c0c9188";
    private static final String GROUP = "targetgroup/web/73e2d6bc24d8a067";

    private KilledWebServer() {}

    static Instant at(int second) {
        return START.plusSeconds(second);
    }

    /** Targets in service, alarms OK, load of 300 requests a second. */
    static List<LiveMessage> inService() {
        return List.of(
                healthy("web-1a", WEB_1A, "ap-northeast-1a"),
                healthy("web-1c", WEB_1C, "ap-northeast-1c"),
                alarm(
                        ALARM,
                        AlarmState.OK,
                        1,
                        "Threshold Crossed: no datapoint was greater than or equal to the threshold (1.0)."),
                alarm(
                        "5xx",
                        AlarmState.OK,
                        1,
                        "Threshold Crossed: 0 datapoints were greater than the threshold (5.0)."),
                event(2, "failoverlab.load", "Load Started", "lb", """
                        {"rate":300,"simulation":"browse-and-order"}"""));
    }

    static List<LiveMessage> killed(int second) {
        return List.of(
                event(second, "failoverlab.fault", "Fault Injected", "web-1a", """
                        {"fault":"kill","instance":"web-1a"}"""),
                event(second, "failoverlab.ec2", "Instance State Change", "web-1a", """
                        {"instance":"web-1a","instanceId":"%s","zone":"ap-northeast-1a","state":"stopped",
                         "cause":"exit code 137"}""".formatted(WEB_1A)),
                event(second + 1, "failoverlab.elb", "Target State Change", "web-1a", """
                        {"instance":"web-1a","instanceId":"%s","zone":"ap-northeast-1a","from":"healthy","to":"unhealthy",
                         "reasonCode":"Target.FailedHealthChecks","description":"Connection refused"}""".formatted(WEB_1A)),
                event(second + 1, "failoverlab.elb", "Rotation Change", "lb", """
                        {"targets":"web-1c"}"""),
                alarm(ALARM, AlarmState.ALARM, second + 1, REASON),
                alarmChange(second + 1, ALARM, "ALARM", REASON));
    }

    static List<LiveMessage> ticks(int from, int to, boolean webOneDown) {
        List<LiveMessage> ticks = new ArrayList<>();
        for (int second = from; second < to; second++) {
            ticks.add(tick(second, webOneDown));
        }
        return ticks;
    }

    static Tick tick(int second, boolean webOneDown) {
        Map<String, String> balancer = Map.of("LoadBalancer", BALANCER);
        Map<String, String> group = Map.of("LoadBalancer", BALANCER, "TargetGroup", GROUP);
        double wobble = Math.sin(second / 7.0);
        double requests = Math.rint(300 + 6 * wobble);
        List<Series> values = new ArrayList<>(List.of(
                count("AWS/ApplicationELB", "RequestCount", balancer, requests),
                series(
                        "AWS/ApplicationELB",
                        "TargetResponseTime",
                        balancer,
                        "Seconds",
                        requests,
                        0.004,
                        0.012 + 0.002 * wobble),
                count("AWS/ApplicationELB", "HealthyHostCount", group, webOneDown ? 1 : 2),
                count("AWS/ApplicationELB", "UnHealthyHostCount", group, webOneDown ? 1 : 0),
                count("FailoverLab/Client", "RequestCount", Map.of(), requests),
                series("FailoverLab/Client", "Latency", Map.of(), "Milliseconds", requests, 5, 16 + 3 * wobble),
                gauge("AWS/EC2", "CPUUtilization", Map.of("InstanceId", WEB_1C), (webOneDown ? 58 : 31) + 4 * wobble),
                gauge("AWS/RDS", "CPUUtilization", Map.of("DBInstanceIdentifier", "db-1"), 22 + 2 * wobble),
                gauge("AWS/RDS", "DatabaseConnections", Map.of("DBInstanceIdentifier", "db-1"), webOneDown ? 10 : 20)));
        if (!webOneDown) {
            values.add(gauge("AWS/EC2", "CPUUtilization", Map.of("InstanceId", WEB_1A), 29 - 4 * wobble));
        }
        return new Tick(at(second), values);
    }

    private static EventMessage healthy(String name, String id, String zone) {
        return event(0, "failoverlab.elb", "Target State Change", name, """
                {"instance":"%s","instanceId":"%s","zone":"%s","from":"initial","to":"healthy","reasonCode":"",
                 "description":""}""".formatted(name, id, zone));
    }

    static AlarmMessage alarm(String name, AlarmState state, int since, String reason) {
        return new AlarmMessage(
                name,
                state,
                reason,
                "",
                at(since),
                "AWS/EC2",
                "StatusCheckFailed",
                Map.of("InstanceId", WEB_1A),
                "Maximum StatusCheckFailed >= 1 for 1 of 1 periods of 1 s");
    }

    static EventMessage alarmChange(int second, String name, String value, String reason) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("alarmName", name);
        detail.putObject("state").put("value", value).put("reason", reason);
        return new EventMessage(new LabEvent(
                at(second),
                "aws.cloudwatch",
                "CloudWatch Alarm State Change",
                List.of("arn:aws:cloudwatch:alarm"),
                detail));
    }

    static EventMessage event(int second, String source, String detailType, String resource, String detail) {
        try {
            return new EventMessage(new LabEvent(
                    at(second), source, detailType, List.of(resource), new ObjectMapper().readTree(detail)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + detail, e);
        }
    }

    static Series count(String namespace, String metric, Map<String, String> dimensions, double sum) {
        return new Series(
                namespace,
                metric,
                dimensions,
                "Count",
                1,
                sum,
                sum,
                sum,
                OptionalDouble.of(sum),
                OptionalDouble.of(sum),
                OptionalDouble.of(sum));
    }

    private static Series gauge(String namespace, String metric, Map<String, String> dimensions, double value) {
        return new Series(
                namespace,
                metric,
                dimensions,
                "Percent",
                1,
                value,
                value,
                value,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static Series series(
            String namespace,
            String metric,
            Map<String, String> dimensions,
            String unit,
            double n,
            double p50,
            double p99) {
        return new Series(
                namespace,
                metric,
                dimensions,
                unit,
                n,
                n * p50,
                p50 / 2,
                p99 * 2,
                OptionalDouble.of(p50),
                OptionalDouble.of((p50 + p99) / 2),
                OptionalDouble.of(p99));
    }
}
