package io.failoverlab.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counters of a container since its start, read about once a second.
 *
 * @param at time of the reading
 * @param cpuNanos processor time used
 * @param memory in use now
 * @param network traffic on all its networks; empty while it is on none. Counted anew whenever it joins one
 * @param disk traffic with block devices; empty where the kernel does not count it by container, and before the first
 */
public record ContainerUsage(Instant at, long cpuNanos, Memory memory, Optional<Network> network, Optional<Disk> disk) {

    /**
     * @param limitBytes what it may use
     * @param usedBytes in use, less what the kernel gives back without harm: pages of files
     * @param swapBytes swapped out; empty where the kernel does not count it
     */
    public record Memory(long limitBytes, long usedBytes, OptionalLong swapBytes) {}

    /** What was received and sent, without what was dropped. */
    public record Network(long receivedBytes, long sentBytes, long receivedPackets, long sentPackets) {
        static final Network NONE = new Network(0, 0, 0, 0);
    }

    /** What reached the devices; what the page cache answered is not in it. */
    public record Disk(long readBytes, long writtenBytes, long reads, long writes) {}
}
