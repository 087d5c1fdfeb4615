package io.failoverlab.topology;

import java.time.Duration;
import java.util.Optional;

/**
 * A pause in an instance's life in which something else may act (EC2 Auto Scaling guide, "Lifecycle hooks").
 *
 * @param heartbeatTimeout how long it waits at most; AWS: 30 s to 2 h. Empty is a minute by the lab's clocks, an hour by AWS's
 * @param defaultResult what happens when nobody completes it in time; AWS: {@code ABANDON}
 */
public record LifecycleHook(
        String name, Transition transition, Optional<Duration> heartbeatTimeout, Result defaultResult) {
    /** AWS's limit is 2 hours. */
    public static final Duration MAX_HEARTBEAT = Duration.ofHours(2);

    /** AWS's, unless set. */
    public static final Duration AWS_HEARTBEAT = Duration.ofHours(1);

    private static final Duration LAB_HEARTBEAT = Duration.ofMinutes(1);

    /** Where it pauses; AWS's {@code autoscaling:EC2_INSTANCE_LAUNCHING} and {@code …_TERMINATING}. */
    public enum Transition {
        LAUNCHING,
        TERMINATING
    }

    /** How it ends: an abandoned launch is terminated; a termination goes on either way. */
    public enum Result {
        CONTINUE,
        ABANDON
    }

    public LifecycleHook {
        Names.require(name);
        heartbeatTimeout
                .filter(it -> it.isNegative() || it.isZero() || it.compareTo(MAX_HEARTBEAT) > 0)
                .ifPresent(it -> {
                    throw new IllegalArgumentException(
                            "expected a heartbeat timeout above 0 and of at most 2 hours, found " + it);
                });
    }

    /** How long it waits at most. */
    public Duration heartbeat() {
        return heartbeatTimeout.orElse(LAB_HEARTBEAT);
    }

    /** By AWS's clocks: what was set is of AWS's size. */
    LifecycleHook dividedBy(int scale) {
        Duration heartbeat = heartbeatTimeout.orElse(AWS_HEARTBEAT).dividedBy(scale);
        return new LifecycleHook(name, transition, Optional.of(heartbeat), defaultResult);
    }
}
