package io.failoverlab.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a group scales by itself (EC2 Auto Scaling guide, "Dynamic scaling"). */
public sealed interface ScalingPolicy {
    /** Unique in its group; alarms name it. */
    String name();

    /** The same by clocks that are so many times as fast. */
    default ScalingPolicy dividedBy(int scale) {
        return this;
    }

    /**
     * One adjustment when its alarm fires, then a pause.
     *
     * @param cooldown empty is the group's
     */
    record Simple(String name, Adjustment adjustment, Optional<Duration> cooldown) implements ScalingPolicy {
        public Simple {
            Names.require(name);
        }

        @Override
        public ScalingPolicy dividedBy(int scale) {
            return new Simple(name, adjustment, cooldown.map(it -> it.dividedBy(scale)));
        }
    }

    /**
     * An adjustment by how far the metric is from the alarm's threshold.
     *
     * @param steps at least one, without common values
     */
    record Step(String name, List<Range> steps) implements ScalingPolicy {
        public Step {
            Names.require(name);
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("expected at least one step for " + name + ", found none");
            }
            for (int i = 0; i < steps.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (steps.get(i).overlaps(steps.get(j))) {
                        throw new IllegalArgumentException("expected steps without common values for " + name
                                + ", found " + steps.get(j) + " and " + steps.get(i));
                    }
                }
            }
        }

        /** The step that a distance from the threshold falls into. */
        public Optional<Range> stepFor(double distance) {
            return steps.stream().filter(step -> step.covers(distance)).findFirst();
        }
    }

    /**
     * One step: AWS's {@code MetricIntervalLowerBound} and {@code MetricIntervalUpperBound}. Above the threshold the lower
     * bound belongs to it, below it the upper one.
     *
     * @param lower minus infinity for none
     * @param upper infinity for none
     */
    record Range(double lower, double upper, Adjustment adjustment) {
        public Range {
            if (!(lower < upper)) {
                throw new IllegalArgumentException(
                        "expected a step's lower bound below its upper one, found " + lower + " and " + upper);
            }
        }

        boolean covers(double distance) {
            return lower >= 0 ? distance >= lower && distance < upper : distance > lower && distance <= upper;
        }

        boolean overlaps(Range other) {
            return lower < other.upper && other.lower < upper;
        }

        @Override
        public String toString() {
            return lower + " to " + upper;
        }
    }

    /**
     * Keeps a metric near its target.
     *
     * @param target above 0, in the metric's unit
     * @param disableScaleIn only out
     */
    record TargetTracking(String name, Metric metric, double target, boolean disableScaleIn) implements ScalingPolicy {
        public TargetTracking {
            Names.require(name);
            if (!(target > 0) || Double.isInfinite(target)) {
                throw new IllegalArgumentException("expected a target above 0 for " + name + ", found " + target);
            }
        }
    }

    /** AWS's predefined metrics that the lab measures. */
    enum Metric {
        ASG_AVERAGE_CPU_UTILIZATION("ASGAverageCPUUtilization"),
        ALB_REQUEST_COUNT_PER_TARGET("ALBRequestCountPerTarget");

        private final String awsName;

        Metric(String awsName) {
            this.awsName = awsName;
        }

        public String awsName() {
            return awsName;
        }
    }
}
