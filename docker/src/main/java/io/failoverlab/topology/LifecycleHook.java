package io.failoverlab.topology;

import java.time.Duration;

/**
 * A pause in an instance's life in which something else may act (EC2 Auto Scaling guide, "Lifecycle hooks").
 *
 * @param heartbeat how long it waits at most; AWS: 1 hour
 * @param defaultResult what happens when nobody completes it in time; AWS: {@code ABANDON}
 */
public record LifecycleHook(Transition transition, Duration heartbeat, Result defaultResult) {
    /** Where it pauses. */
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
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("expected a heartbeat timeout above 0, found " + heartbeat);
        }
    }
}
