package io.failoverlab.engine;

/**
 * What the engine says of a container now.
 *
 * @param running whether its first process lives, paused or not
 * @param paused whether its processes are frozen
 * @param connected whether it is on any network
 * @param exitCode of the first process, if it has ended
 */
public record ContainerState(boolean running, boolean paused, boolean connected, long exitCode) {}
