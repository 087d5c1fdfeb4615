package io.failoverlab.autoscaling;

import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of {@code AWS/AutoScaling} as a function of the group's state (EC2 Auto Scaling guide, "CloudWatch metrics
 * for Auto Scaling groups"). An instance is one unit of capacity, since no weights are given.
 */
final class GroupMetrics {
    private static final String NAMESPACE = "AWS/AutoScaling";

    private GroupMetrics() {}

    static List<Measurement> of(GroupState group, int poolSize, Instant second) {
        Map<String, Integer> values = new LinkedHashMap<>();
        int inService = group.members.in(LifecycleState.IN_SERVICE);
        int pending = group.pending();
        int standby = group.members.in(LifecycleState.STANDBY);
        int terminating =
                group.members.count(it -> it.is(LifecycleState.TERMINATING) || it.is(LifecycleState.TERMINATING_WAIT));
        values.put("GroupMinSize", group.min());
        values.put("GroupMaxSize", group.max());
        values.put("GroupDesiredCapacity", group.desired());
        put(values, "InService", inService);
        put(values, "Pending", pending);
        put(values, "Standby", standby);
        put(values, "Terminating", terminating);
        put(values, "Total", inService + pending + standby + terminating);
        if (group.settings.warmPool().isPresent()) {
            addPool(values, group, poolSize, inService + pending + standby + terminating);
        }
        Map<String, String> dimensions = Map.of("AutoScalingGroupName", group.settings.name());
        List<Measurement> measurements = new ArrayList<>();
        values.forEach(
                (name, value) -> measurements.add(Measurement.of(NAMESPACE, name, dimensions, "None", second, value)));
        return measurements;
    }

    private static void put(Map<String, Integer> values, String what, int count) {
        values.put("Group" + what + "Instances", count);
        values.put("Group" + what + "Capacity", count);
    }

    private static void addPool(Map<String, Integer> values, GroupState group, int poolSize, int groupTotal) {
        int pending = group.members.in(LifecycleState.WARMED_PENDING);
        int warmed = group.members.in(LifecycleState.WARMED_RUNNING) + group.members.in(LifecycleState.WARMED_STOPPED);
        int terminating = group.members.in(LifecycleState.WARMED_TERMINATING);
        int total = pending + warmed + terminating;
        values.put("WarmPoolMinSize", group.settings.warmPool().orElseThrow().minSize());
        values.put("WarmPoolDesiredCapacity", poolSize);
        values.put("WarmPoolPendingCapacity", pending);
        values.put("WarmPoolTerminatingCapacity", terminating);
        values.put("WarmPoolWarmedCapacity", warmed);
        values.put("WarmPoolTotalCapacity", total);
        values.put("GroupAndWarmPoolDesiredCapacity", poolSize + group.desired());
        values.put("GroupAndWarmPoolTotalCapacity", total + groupTotal);
    }
}
