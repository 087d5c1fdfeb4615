package io.failoverlab.audit;

/**
 * What the rules look at of the engine itself.
 *
 * @param swarm whether it is part of a swarm
 * @param appArmor whether its kernel has AppArmor
 * @param seLinux whether it labels containers for SELinux
 */
public record EngineFacts(boolean swarm, boolean appArmor, boolean seLinux) {}
