package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.autoscaling.Activity;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.watch.TrackingAlarms;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** From real load through the monitor's alarms to more instances, and back. */
@Tag("long")
class ScalingByAlarmIT {
    private static final String RUN = "alarm-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static TestSession session;
    private static LabSession lab;

    @BeforeAll
    static void bringUp() throws Exception {
        session = TestSession.up(RUN, TopologyFile.parse("alarm-it.yaml", """
                                name: alarm-it
                                auto-scaling:
                                  min: 2
                                  max: 4
                                  policies:
                                    - {name: cpu, type: target-tracking, metric: ASGAverageCPUUtilization, target: 30}
                                    - {name: steps, type: step, steps: [{lower: 0, adjustment: 1}]}
                                """));
        lab = session.lab();
    }

    @AfterAll
    static void takeDown() {
        if (session != null) {
            session.close();
        }
    }

    private static WebGroup group() {
        return lab.environment().group().orElseThrow();
    }

    private static Optional<MetricAlarm> alarm(String begin) {
        return lab.monitor().alarms().stream()
                .filter(it -> it.alarmName().startsWith(begin))
                .findFirst();
    }

    private static void awaitAlarm(String begin) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(alarm(begin).map(MetricAlarm::stateValue))
                        .as(begin)
                        .contains(StateValue.ALARM));
    }

    private static void awaitDesired(int wanted) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(group().size().desired()).isEqualTo(wanted));
    }

    private static Stream<String> causes() {
        return group().activities().stream().map(Activity::cause);
    }

    @Test
    void alarmsOfTheMonitorScaleTheGroupOutAndInAgain() throws Exception {
        List<ActiveFault> busy = Stream.of("web-1a", "web-1c")
                .map(it -> lab.environment().inject(new CpuStress(5, LIMIT), it, Optional.of(LIMIT)))
                .toList();
        awaitAlarm("TargetTracking-web-AlarmHigh-");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(group().size().desired()).isGreaterThan(2));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(causes())
                        .anyMatch(it -> it.contains("monitor alarm TargetTracking-web-AlarmHigh-")
                                && it.contains(" triggered policy cpu, changing the desired capacity from 2 to ")));
        busy.forEach(lab.environment()::heal);
        awaitAlarm("TargetTracking-web-AlarmLow-");
        awaitDesired(2);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(causes()).anyMatch(it -> it.contains("monitor alarm TargetTracking-web-AlarmLow-")));

        lab.monitor()
                .put(PutMetricAlarmRequest.builder()
                        .alarmName("many-requests")
                        .namespace("AWS/ApplicationELB")
                        .metricName("RequestCountPerTarget")
                        .dimensions(Dimension.builder()
                                .name("TargetGroup")
                                .value(lab.identities().targetGroup())
                                .build())
                        .statistic(Statistic.SUM)
                        .period(1)
                        .evaluationPeriods(2)
                        .threshold(5.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .alarmActions(TrackingAlarms.policyArn("ap-northeast-1", "web", "steps"))
                        .build());
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(lab.environment().service()).build();
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    client.send(request, HttpResponse.BodyHandlers.discarding());
                    return causes().anyMatch(it -> it.contains("monitor alarm many-requests triggered policy steps,"
                            + " changing the desired capacity from 2 to 3"));
                });
    }
}
