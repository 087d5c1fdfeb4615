package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

class StackAlarmsTest {
    @Test
    void everyInstanceAndTheBalancerAreWatched() {
        assertThat(StackAlarms.of(Map.of("web-1a", "i-a"), "app/lb/1", "targetgroup/web/2").stream()
                        .map(StackAlarmsTest::line))
                .containsExactly(
                        "web-1a-down: AWS/EC2 StatusCheckFailed {InstanceId} Maximum >= 1.0, 1 of 1, missing breaching",
                        "web-1a-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 4 of 5, missing missing",
                        "unhealthy-hosts: AWS/ApplicationELB UnHealthyHostCount {LoadBalancer, TargetGroup} Maximum >= 1.0, 1 of 1, missing missing",
                        "elb-5xx: AWS/ApplicationELB HTTPCode_ELB_5XX_Count {LoadBalancer} Sum >= 1.0, 1 of 1, missing notBreaching",
                        "target-5xx: AWS/ApplicationELB HTTPCode_Target_5XX_Count {LoadBalancer, TargetGroup} Sum >= 1.0, 1 of 1, missing notBreaching",
                        "latency: AWS/ApplicationELB TargetResponseTime {LoadBalancer, TargetGroup} p99 > 0.5, 3 of 5, missing notBreaching");
    }

    private static String line(PutMetricAlarmRequest alarm) {
        String statistic = alarm.extendedStatistic() == null ? alarm.statisticAsString() : alarm.extendedStatistic();
        String sign = switch (alarm.comparisonOperator()) {
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> ">=";
            case GREATER_THAN_THRESHOLD -> ">";
            default -> alarm.comparisonOperatorAsString();
        };
        int datapoints = alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
        return alarm.alarmName() + ": " + alarm.namespace() + " " + alarm.metricName() + " {"
                + alarm.dimensions().stream().map(Dimension::name).collect(Collectors.joining(", "))
                + "} " + statistic + " " + sign
                + " "
                + alarm.threshold() + ", " + datapoints + " of " + alarm.evaluationPeriods() + ", missing "
                + alarm.treatMissingData();
    }
}
