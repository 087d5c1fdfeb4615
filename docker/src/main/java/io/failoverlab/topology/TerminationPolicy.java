package io.failoverlab.topology;

/**
 * Which instance goes first when the group scales in, after its zone was chosen (EC2 Auto Scaling guide, "Configure
 * termination policies"). {@code ClosestToNextInstanceHour} has no meaning where no hour is billed, and
 * {@code AllocationStrategy} none without Spot.
 */
public enum TerminationPolicy {
    /** The oldest launch template, then the oldest instance, where AWS takes the one closest to its next billed hour. */
    DEFAULT,
    OLDEST_INSTANCE,
    NEWEST_INSTANCE,
    /** Leaves the choice among those with the oldest template to the next policy. */
    OLDEST_LAUNCH_TEMPLATE
}
