package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;

/**
 * An instance as the group sees it.
 *
 * @param healthy AWS's health status: healthy until found otherwise
 * @param version of the launch template that it was made from
 */
public record GroupInstance(
        String name,
        String instanceId,
        Zone zone,
        LifecycleState state,
        boolean healthy,
        boolean protectedFromScaleIn,
        int version) {}
