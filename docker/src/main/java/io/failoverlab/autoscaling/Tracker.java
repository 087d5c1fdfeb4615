package io.failoverlab.autoscaling;

import io.failoverlab.topology.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The two alarms of a target tracking policy and what they ask for (EC2 Auto Scaling guide, "Target tracking scaling
 * policies"): out, in proportion, after 3 datapoints above the target; in after 15 below nine tenths of it, by the
 * highest of them. AWS publishes the alarms, not the arithmetic. A gap in the data begins the count anew: without data
 * nothing scales.
 */
final class Tracker {
    private static final int HIGH_DATAPOINTS = TrackingAlarm.Side.HIGH.datapoints();
    private static final int LOW_DATAPOINTS = TrackingAlarm.Side.LOW.datapoints();
    private static final double LOW = TrackingAlarm.Side.LOW.ofTarget();

    private final ScalingPolicy.TargetTracking policy;
    private final Duration period;
    private final Deque<Double> newest = new ArrayDeque<>();
    private Instant last = Instant.MIN;

    Tracker(ScalingPolicy.TargetTracking policy, Duration period) {
        this.policy = policy;
        this.period = period;
    }

    ScalingPolicy.TargetTracking policy() {
        return policy;
    }

    void add(double value, Instant now) {
        if (last.isBefore(now.minus(period.multipliedBy(2)))) {
            newest.clear();
        }
        last = now;
        newest.addFirst(value);
        if (newest.size() > LOW_DATAPOINTS) {
            newest.removeLast();
        }
    }

    /** After a change of the capacity older datapoints say nothing about it. */
    void forget() {
        newest.clear();
    }

    /** The metric now as a part of its target; empty without data. In goes by the highest of the datapoints. */
    OptionalDouble load(TrackingAlarm.Side side) {
        if (newest.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = switch (side) {
            case HIGH -> newest.getFirst();
            case LOW -> Collections.max(newest);
        };
        return OptionalDouble.of(value / policy.target());
    }

    /** @param serving instances whose load the metric shows */
    OptionalInt wantsMore(int serving) {
        boolean high = newest.size() >= HIGH_DATAPOINTS
                && newest.stream().limit(HIGH_DATAPOINTS).allMatch(value -> value > policy.target());
        return high ? OptionalInt.of(wanted(serving, newest.getFirst())) : OptionalInt.empty();
    }

    OptionalInt wantsFewer(int serving) {
        boolean low =
                newest.size() == LOW_DATAPOINTS && newest.stream().allMatch(value -> value < policy.target() * LOW);
        return low ? OptionalInt.of(wanted(serving, Collections.max(newest))) : OptionalInt.empty();
    }

    private int wanted(int serving, double value) {
        return wantedFor(serving, value / policy.target());
    }

    /** @param load of the serving instances, as a part of the target */
    static int wantedFor(int serving, double load) {
        double exact = Math.ceil(Math.max(serving, 1) * load);
        return (int) Math.clamp(exact, 0, Integer.MAX_VALUE);
    }
}
