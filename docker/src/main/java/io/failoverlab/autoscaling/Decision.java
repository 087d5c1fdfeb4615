package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;

/** What the group wants done; each is told once. */
public sealed interface Decision {
    /** The instance's name. */
    String instance();

    /**
     * Start a new instance. Its outcome is told back as running, failed or gone.
     *
     * @param instance a name that the group has never used
     * @param version of the launch template
     * @param warm for the pool: it is not to be registered
     */
    record Launch(String instance, String instanceId, Zone zone, int version, boolean warm) implements Decision {}

    /** Start an instance of the warm pool that was stopped; the outcome is told back as after a launch. */
    record Start(String instance) implements Decision {}

    /** Stop an instance of the warm pool; told back as stopped. */
    record Stop(String instance) implements Decision {}

    /** Add it to the target group: it is in service now. */
    record Register(String instance) implements Decision {}

    /** Take it out of the target group, with its requests ended in peace; it stays. */
    record Deregister(String instance) implements Decision {}

    /**
     * Take it out of the target group, if it is in there, with its requests ended in peace if it still runs, then remove
     * it; told back as terminated, or as a termination that failed, which is decided again later.
     *
     * @param why AWS's reason, for people
     */
    record Terminate(String instance, String instanceId, String why) implements Decision {}
}
