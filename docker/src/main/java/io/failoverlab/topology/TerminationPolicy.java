package io.failoverlab.topology;

/**
 * Which instance goes first when the group scales in, after its zone was chosen (EC2 Auto Scaling guide, "Configure
 * termination policies"). {@code AllocationStrategy} has no meaning without Spot and a mixed instances policy.
 */
public enum TerminationPolicy {
    /** The oldest launch template, then the one closest to its next billed hour. */
    DEFAULT,
    OLDEST_INSTANCE,
    NEWEST_INSTANCE,
    /** Leaves the choice to the next policy: no instance here comes from a launch configuration. */
    OLDEST_LAUNCH_CONFIGURATION,
    /** Leaves the choice among those with the oldest template to the next policy. */
    OLDEST_LAUNCH_TEMPLATE,
    /** The one whose current hour of running is nearest to its end. */
    CLOSEST_TO_NEXT_INSTANCE_HOUR
}
