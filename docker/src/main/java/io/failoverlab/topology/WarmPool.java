package io.failoverlab.topology;

import java.util.OptionalInt;

/**
 * Instances that are kept ready beside the group (EC2 Auto Scaling guide, "Warm pools").
 *
 * @param minSize 0 or more
 * @param state in which they wait
 * @param maxPrepared AWS's {@code MaxGroupPreparedCapacity}: the pool fills the group up to it; empty is the group's
 *     maximum
 * @param reuseOnScaleIn instances go back into the pool when the group scales in; AWS's {@code ReuseOnScaleIn}, off unless
 *     set
 */
public record WarmPool(int minSize, State state, OptionalInt maxPrepared, boolean reuseOnScaleIn) {
    /** How an instance waits; AWS's {@code Hibernated} has no counterpart here. */
    public enum State {
        STOPPED,
        RUNNING
    }

    public WarmPool {
        if (minSize < 0) {
            throw new IllegalArgumentException("expected a warm pool of 0 or more instances, found " + minSize);
        }
    }

    /** How many instances shall wait beside a group of that desired capacity. */
    public int size(int desired, int max) {
        return Math.max(minSize, maxPrepared.orElse(max) - desired);
    }
}
