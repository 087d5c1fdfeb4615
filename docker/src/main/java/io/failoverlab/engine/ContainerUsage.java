package io.failoverlab.engine;

import java.time.Instant;

/**
 * Counters of a container since its start, read about once a second.
 *
 * @param at time of the reading
 * @param cpuNanos processor time used
 * @param memoryBytes memory in use, page cache left out
 * @param receivedBytes received on all its networks
 * @param sentBytes sent on all its networks
 */
public record ContainerUsage(Instant at, long cpuNanos, long memoryBytes, long receivedBytes, long sentBytes) {}
