package io.failoverlab.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * The alarms that every stack gets: an instance down, unhealthy hosts, 5XX, latency, CPU. Liveness counts missing data as
 * breaching, since what is dead reports nothing; error counts count it as fine, since no errors are not reported.
 */
public final class StackAlarms {
    private static final double CPU_PERCENT = 80;
    private static final double LATENCY_SECONDS = 0.5;

    private StackAlarms() {}

    /**
     * The alarms of one stack.
     *
     * @param instanceIds instance id by name of all instances that have a status check
     * @param loadBalancer value of the {@code LoadBalancer} dimension
     * @param targetGroup value of the {@code TargetGroup} dimension
     */
    public static List<PutMetricAlarmRequest> of(
            Map<String, String> instanceIds, String loadBalancer, String targetGroup) {
        List<PutMetricAlarmRequest> alarms = new ArrayList<>();
        instanceIds.forEach((name, id) -> alarms.addAll(ofInstance(name, id)));
        Dimension[] group = {dimension("LoadBalancer", loadBalancer), dimension("TargetGroup", targetGroup)};
        alarms.add(balancerAlarm("unhealthy-hosts", "a target is unhealthy", "UnHealthyHostCount", group)
                .statistic(Statistic.MAXIMUM)
                .treatMissingData("missing")
                .build());
        // What the balancer answers itself belongs to no target group.
        alarms.add(balancerAlarm(
                        "elb-5xx",
                        "the balancer answers with errors of its own",
                        "HTTPCode_ELB_5XX_Count",
                        dimension("LoadBalancer", loadBalancer))
                .statistic(Statistic.SUM)
                .treatMissingData("notBreaching")
                .build());
        alarms.add(balancerAlarm("target-5xx", "targets answer with errors", "HTTPCode_Target_5XX_Count", group)
                .statistic(Statistic.SUM)
                .treatMissingData("notBreaching")
                .build());
        alarms.add(balancerAlarm("latency", "targets are slow", "TargetResponseTime", group)
                .extendedStatistic("p99")
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(LATENCY_SECONDS)
                .evaluationPeriods(5)
                .datapointsToAlarm(3)
                .treatMissingData("notBreaching")
                .build());
        return List.copyOf(alarms);
    }

    /** The alarms of one instance, which come and go with it. */
    public static List<PutMetricAlarmRequest> ofInstance(String name, String id) {
        return List.of(
                alarm(name + "-down", "the instance fails its status checks", "AWS/EC2", "StatusCheckFailed")
                        .dimensions(dimension("InstanceId", id))
                        .statistic(Statistic.MAXIMUM)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .threshold(1.0)
                        .evaluationPeriods(1)
                        .treatMissingData("breaching")
                        .build(),
                alarm(name + "-cpu", "the instance's CPU is busy", "AWS/EC2", "CPUUtilization")
                        .dimensions(dimension("InstanceId", id))
                        .statistic(Statistic.AVERAGE)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(CPU_PERCENT)
                        .evaluationPeriods(5)
                        .datapointsToAlarm(4)
                        .treatMissingData("missing")
                        .build());
    }

    private static PutMetricAlarmRequest.Builder balancerAlarm(
            String name, String description, String metric, Dimension... dimensions) {
        return alarm(name, description, "AWS/ApplicationELB", metric)
                .dimensions(dimensions)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .threshold(1.0)
                .evaluationPeriods(1);
    }

    /** A period of one second is an extension of the monitor's timing {@code lab}. */
    private static PutMetricAlarmRequest.Builder alarm(
            String name, String description, String namespace, String metric) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .alarmDescription(description)
                .namespace(namespace)
                .metricName(metric)
                .period(1)
                .actionsEnabled(true);
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
