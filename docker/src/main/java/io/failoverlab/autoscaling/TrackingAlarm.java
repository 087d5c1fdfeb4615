package io.failoverlab.autoscaling;

import io.failoverlab.topology.ScalingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * One of the alarms that belong to a target tracking policy: AWS makes them, and only they invoke the policy (EC2 Auto
 * Scaling guide, "Target tracking scaling policies").
 *
 * @param name as AWS writes it
 */
public record TrackingAlarm(String name, ScalingPolicy.TargetTracking policy, Side side) {
    /** Which way it scales. */
    public enum Side {
        /** Out, after 3 datapoints above the target. */
        HIGH("AlarmHigh", 3, 1.0),
        /** In, after 15 datapoints below nine tenths of it. */
        LOW("AlarmLow", 15, 0.9);

        private final String word;
        private final int datapoints;
        private final double ofTarget;

        Side(String word, int datapoints, double ofTarget) {
            this.word = word;
            this.datapoints = datapoints;
            this.ofTarget = ofTarget;
        }

        /** How many in a row make the alarm. */
        public int datapoints() {
            return datapoints;
        }

        double ofTarget() {
            return ofTarget;
        }
    }

    static TrackingAlarm of(String group, ScalingPolicy.TargetTracking policy, Side side) {
        byte[] own = (group + policy.name() + side).getBytes(StandardCharsets.UTF_8);
        return new TrackingAlarm(
                "TargetTracking-" + group + "-" + side.word + "-" + UUID.nameUUIDFromBytes(own), policy, side);
    }

    /**
     * The alarm's threshold. A count is AWS's of a minute, so that it is less in a shorter period.
     *
     * @param period of the alarm
     */
    public double threshold(Duration period) {
        double perPeriod = switch (policy.metric()) {
            case ASG_AVERAGE_CPU_UTILIZATION -> 1;
            case ALB_REQUEST_COUNT_PER_TARGET ->
                period.toMillis() / (double) Duration.ofMinutes(1).toMillis();
        };
        return policy.target() * side.ofTarget() * perPeriod;
    }

    /**
     * The metric as a part of the policy's target, 1 being as much.
     *
     * @param value that made the alarm
     * @param threshold of the alarm, by which its period is known
     */
    public double load(double value, double threshold) {
        return value / threshold * side.ofTarget();
    }
}
