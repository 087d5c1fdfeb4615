package io.failoverlab.topology;

import java.time.Duration;

/**
 * A pause in an instance's life in which something else may act (EC2 Auto Scaling guide, "Lifecycle hooks").
 *
 * @param heartbeat how long it waits at most; AWS: 30 s to 2 h, 1 h unless set
 * @param defaultResult what happens when nobody completes it in time; AWS: {@code ABANDON}
 */
public record LifecycleHook(String name, Transition transition, Duration heartbeat, Result defaultResult) {
    /** AWS's limit is 2 hours. */
    public static final Duration MAX_HEARTBEAT = Duration.ofHours(2);

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
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(MAX_HEARTBEAT) > 0) {
            throw new IllegalArgumentException(
                    "expected a heartbeat timeout above 0 and of at most 2 hours, found " + heartbeat);
        }
    }
}
