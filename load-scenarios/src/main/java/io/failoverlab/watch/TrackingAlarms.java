package io.failoverlab.watch;

import io.failoverlab.autoscaling.TrackingAlarm;
import io.failoverlab.topology.Timing;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The alarms of target tracking policies as requests to the monitor. */
public final class TrackingAlarms {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TrackingAlarms() {}

    /**
     * @param group its name
     * @param targetGroup value of the {@code TargetGroup} dimension
     */
    public static PutMetricAlarmRequest request(
            TrackingAlarm alarm, String group, String targetGroup, String region, Timing timing) {
        Duration period = period(timing);
        PutMetricAlarmRequest.Builder request = PutMetricAlarmRequest.builder()
                .alarmName(alarm.name())
                .alarmDescription("belongs to the target tracking policy "
                        + alarm.policy().name() + " of the group " + group)
                .period((int) period.toSeconds())
                .evaluationPeriods(alarm.side().datapoints())
                .threshold(alarm.threshold(period))
                .comparisonOperator(
                        switch (alarm.side()) {
                            case HIGH -> ComparisonOperator.GREATER_THAN_THRESHOLD;
                            case LOW -> ComparisonOperator.LESS_THAN_THRESHOLD;
                        })
                .treatMissingData("missing")
                .actionsEnabled(true)
                .alarmActions(policyArn(region, group, alarm.policy().name()));
        return switch (alarm.policy().metric()) {
            case ASG_AVERAGE_CPU_UTILIZATION ->
                on(request, "AWS/EC2", "CPUUtilization", Statistic.AVERAGE, Map.entry("AutoScalingGroupName", group));
            case ALB_REQUEST_COUNT_PER_TARGET ->
                on(
                        request,
                        "AWS/ApplicationELB",
                        "RequestCountPerTarget",
                        Statistic.SUM,
                        Map.entry("TargetGroup", targetGroup));
        };
    }

    private static PutMetricAlarmRequest on(
            PutMetricAlarmRequest.Builder request,
            String namespace,
            String metric,
            Statistic statistic,
            Map.Entry<String, String> dimension) {
        return request.namespace(namespace)
                .metricName(metric)
                .statistic(statistic)
                .dimensions(Dimension.builder()
                        .name(dimension.getKey())
                        .value(dimension.getValue())
                        .build())
                .build();
    }

    /** As long as the time between two datapoints; AWS's is a minute. */
    static Duration period(Timing timing) {
        return StackAlarms.statusPeriod(timing);
    }

    /** The ARN by which an alarm names a policy of the group; the id in it is not looked at. */
    public static String policyArn(String region, String group, String policy) {
        return "arn:aws:autoscaling:" + region
                + ":000000000000:scalingPolicy:00000000-0000-0000-0000-000000000000:autoScalingGroupName/" + group
                + ":policyName/" + policy;
    }
}
