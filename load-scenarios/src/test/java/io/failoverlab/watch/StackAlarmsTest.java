package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.TopologyFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

class StackAlarmsTest {
    @Test
    void everyInstanceTheZonesAndTheBalancerAreWatchedEachSecond() {
        assertThat(lines(Timing.LAB))
                .containsExactly(
                        "web-1a-down: AWS/EC2 StatusCheckFailed {InstanceId} Maximum >= 1.0, 1 of 1 x 1 s, missing breaching",
                        "web-1a-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 4 of 5 x 1 s, missing missing",
                        "web-1c-down: AWS/EC2 StatusCheckFailed {InstanceId} Maximum >= 1.0, 1 of 1 x 1 s, missing breaching",
                        "web-1c-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 4 of 5 x 1 s, missing missing",
                        "unhealthy-hosts: AWS/ApplicationELB UnHealthyHostCount {LoadBalancer, TargetGroup} Maximum >= 1.0, 1 of 1 x 1 s, missing missing",
                        "zone-a-unhealthy: AWS/ApplicationELB HealthyHostCount {LoadBalancer, TargetGroup, AvailabilityZone} Minimum < 1.0, 1 of 1 x 1 s, missing missing",
                        "elb-5xx: AWS/ApplicationELB HTTPCode_ELB_5XX_Count {LoadBalancer} Sum >= 1.0, 1 of 1 x 1 s, missing notBreaching",
                        "target-5xx: AWS/ApplicationELB HTTPCode_Target_5XX_Count {LoadBalancer, TargetGroup} Sum >= 1.0, 1 of 1 x 1 s, missing notBreaching",
                        "latency: AWS/ApplicationELB TargetResponseTime {LoadBalancer, TargetGroup} p99 > 0.5, 3 of 5 x 1 s, missing notBreaching");
    }

    @Test
    void byAwsClocksAPeriodIsAsLongAsTheTimeBetweenTwoDatapoints() {
        assertThat(lines(new Timing(Timing.Clocks.AWS, 1)))
                .as("web-1a has basic monitoring: no datapoint for five minutes")
                .contains(
                        "web-1a-down: AWS/EC2 StatusCheckFailed {InstanceId} Maximum >= 1.0, 1 of 1 x 60 s, missing breaching",
                        "web-1c-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 1 of 1 x 60 s, missing missing")
                .noneMatch(line -> line.startsWith("web-1a-cpu"));
        assertThat(lines(new Timing(Timing.Clocks.AWS, 10)))
                .contains(
                        "web-1a-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 1 of 1 x 30 s, missing missing",
                        "web-1c-cpu: AWS/EC2 CPUUtilization {InstanceId} Average > 80.0, 1 of 1 x 10 s, missing missing");
    }

    @Test
    void aPeriodIsOneThatCloudWatchTakes() {
        assertThat(StackAlarms.period(Duration.ofMinutes(5), 1)).isEqualTo(300);
        assertThat(StackAlarms.period(Duration.ofMinutes(5), 3)).isEqualTo(120);
        assertThat(StackAlarms.period(Duration.ofMinutes(5), 7)).isEqualTo(60);
        assertThat(StackAlarms.period(Duration.ofMinutes(1), 7)).isEqualTo(10);
        assertThat(StackAlarms.period(Duration.ofMinutes(1), 60)).isEqualTo(1);
        assertThat(StackAlarms.period(Duration.ofMinutes(1), 100)).isEqualTo(1);
    }

    @Test
    void theNamesAreKnownBeforeTheStackIsThere() {
        assertThat(StackAlarms.names(TopologyFile.named("two-web-multi-az")))
                .contains("web-1a-down", "web-1c-cpu", "db-2-down", "zone-c-unhealthy", "elb-5xx", "db-1-exposed");
        assertThat(StackAlarms.names(TopologyFile.named("one-web-one-db")))
                .containsExactly(
                        "web-1a-down",
                        "web-1a-cpu",
                        "db-1-down",
                        "db-1-cpu",
                        "unhealthy-hosts",
                        "zone-a-unhealthy",
                        "elb-5xx",
                        "target-5xx",
                        "latency");
    }

    @Test
    void aNetworkBalancerCountsHostsUnderItsOwnNamespaceAndNoRequests() {
        assertThat(StackAlarms.of(new StackAlarms.Stack(
                                Map.of(),
                                Map.of("a", "ap-northeast-1a"),
                                BalancerType.NETWORK,
                                "net/lb/1",
                                "targetgroup/web/2",
                                Timing.LAB))
                        .stream()
                        .map(StackAlarmsTest::line))
                .containsExactly(
                        "unhealthy-hosts: AWS/NetworkELB UnHealthyHostCount {LoadBalancer, TargetGroup} Maximum >= 1.0, 1 of 1 x 1 s, missing missing",
                        "zone-a-unhealthy: AWS/NetworkELB HealthyHostCount {LoadBalancer, TargetGroup, AvailabilityZone} Minimum < 1.0, 1 of 1 x 1 s, missing missing");
        assertThat(StackAlarms.names(TopologyFile.parse("nlb.yaml", "{name: nlb, load-balancer: {type: network}}")))
                .contains("unhealthy-hosts", "zone-a-unhealthy")
                .doesNotContain("elb-5xx", "target-5xx", "latency");
    }

    @Test
    void aStandbyThatDoesNotRunHasNoAlarmsAndOnlyAHotOneIsASecondCopy() {
        assertThat(ofDatabases("hot"))
                .containsExactly("db-1-down", "db-1-cpu", "db-2-down", "db-2-cpu", "db-1-exposed");
        assertThat(ofDatabases("warm")).containsExactly("db-1-down", "db-1-cpu", "db-2-down", "db-2-cpu");
        assertThat(ofDatabases("cold")).containsExactly("db-1-down", "db-1-cpu");
        assertThat(ofDatabases("cold-snapshot")).containsExactly("db-1-down", "db-1-cpu");
    }

    private static List<String> ofDatabases(String redundancy) {
        String topology = "{name: mine, database: {multi-az: true, redundancy: %s}}".formatted(redundancy);
        return StackAlarms.names(TopologyFile.parse("mine.yaml", topology)).stream()
                .filter(name -> name.startsWith("db-"))
                .toList();
    }

    @Test
    void aReadReplicaHasAnAlarmForBeingBehindAndOneForNotReplicatingAtAll() {
        assertThat(StackAlarms.ofReadReplica("db-1-replica", Timing.LAB).stream()
                        .map(StackAlarmsTest::line))
                .containsExactly(
                        "db-1-replica-lag: AWS/RDS ReplicaLag {DBInstanceIdentifier} Maximum >= 3.0, 2 of 2 x 1 s, missing missing",
                        "db-1-replica-not-replicating: AWS/RDS ReplicaLag {DBInstanceIdentifier} Minimum < 0.0, 2 of 2 x 1 s, missing missing");
    }

    private static List<String> lines(Timing timing) {
        Map<String, StackAlarms.Instance> instances = new LinkedHashMap<>();
        instances.put("web-1a", new StackAlarms.Instance("i-a", Monitoring.BASIC));
        instances.put("web-1c", new StackAlarms.Instance("i-c", Monitoring.DETAILED));
        return StackAlarms.of(new StackAlarms.Stack(
                        instances,
                        Map.of("a", "ap-northeast-1a"),
                        BalancerType.APPLICATION,
                        "app/lb/1",
                        "targetgroup/web/2",
                        timing))
                .stream()
                .map(StackAlarmsTest::line)
                .toList();
    }

    private static String line(PutMetricAlarmRequest alarm) {
        String statistic = alarm.extendedStatistic() == null ? alarm.statisticAsString() : alarm.extendedStatistic();
        String sign = switch (alarm.comparisonOperator()) {
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> ">=";
            case GREATER_THAN_THRESHOLD -> ">";
            case LESS_THAN_THRESHOLD -> "<";
            default -> alarm.comparisonOperatorAsString();
        };
        int datapoints = alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
        return alarm.alarmName() + ": " + alarm.namespace() + " " + alarm.metricName() + " {"
                + alarm.dimensions().stream().map(Dimension::name).collect(Collectors.joining(", "))
                + "} " + statistic + " " + sign
                + " "
                + alarm.threshold() + ", " + datapoints + " of " + alarm.evaluationPeriods() + " x " + alarm.period()
                + " s, missing " + alarm.treatMissingData();
    }
}
