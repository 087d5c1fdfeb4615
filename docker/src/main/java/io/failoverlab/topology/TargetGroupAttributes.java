package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * Attributes of the target group, as ELB names them (guide: "Target groups for your Application Load Balancers", Target
 * group attributes).
 *
 * @param algorithm {@code load_balancing.algorithm.type}
 * @param crossZone {@code load_balancing.cross_zone.enabled}: off gives each zone with a healthy target an equal share
 * @param deregistrationDelay 0 to 3600 s that requests under way to a leaving target have to end
 * @param slowStart 0 for off, or up to 900 s over which a new target's share rises; AWS wants at least 30 s
 * @param stickiness how long the balancer's cookie binds a client to a target, 1 s to 7 days; empty is off
 */
public record TargetGroupAttributes(
        Algorithm algorithm,
        boolean crossZone,
        Duration deregistrationDelay,
        Duration slowStart,
        Optional<Duration> stickiness) {

    public static final Duration MAX_DELAY = Duration.ofSeconds(3600);
    public static final Duration MAX_SLOW_START = Duration.ofSeconds(900);
    static final Duration MIN_STICKINESS = Duration.ofSeconds(1);
    public static final Duration MAX_STICKINESS = Duration.ofDays(7);
    /** AWS's default. */
    public static final Duration AWS_DELAY = Duration.ofSeconds(300);

    static final TargetGroupAttributes LAB_DEFAULT = new TargetGroupAttributes(
            Algorithm.ROUND_ROBIN, true, Duration.ofSeconds(10), Duration.ZERO, Optional.empty());

    public TargetGroupAttributes {
        requireWithin("deregistration delay", deregistrationDelay, Duration.ZERO, MAX_DELAY);
        requireWithin("slow start", slowStart, Duration.ZERO, MAX_SLOW_START);
        stickiness.ifPresent(it -> requireWithin("stickiness", it, MIN_STICKINESS, MAX_STICKINESS));
        if (algorithm == Algorithm.LEAST_OUTSTANDING_REQUESTS && !slowStart.isZero()) {
            throw new IllegalArgumentException("expected round robin with a slow start, found "
                    + "least outstanding requests; as on AWS the two exclude each other");
        }
    }

    private static void requireWithin(String what, Duration found, Duration min, Duration max) {
        if (found.compareTo(min) < 0 || found.compareTo(max) > 0) {
            throw new IllegalArgumentException("expected a %s of %s to %s, found %s"
                    .formatted(what, DurationText.print(min), DurationText.print(max), DurationText.print(found)));
        }
    }

    TargetGroupAttributes withDeregistrationDelay(Duration other) {
        return new TargetGroupAttributes(algorithm, crossZone, other, slowStart, stickiness);
    }

    TargetGroupAttributes withSlowStart(Duration other) {
        return new TargetGroupAttributes(algorithm, crossZone, deregistrationDelay, other, stickiness);
    }
}
