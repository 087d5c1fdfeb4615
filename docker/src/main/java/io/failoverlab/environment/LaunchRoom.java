package io.failoverlab.environment;

import io.failoverlab.topology.Topology;
import java.util.function.Predicate;

/** Whether one more web server can be launched: in its zone, and within this machine's memory. */
final class LaunchRoom {
    private final MemoryBudget memory;
    private volatile Predicate<String> lost = zone -> false;

    LaunchRoom(MemoryBudget memory) {
        this.memory = memory;
    }

    /** @param isLost of AWS's name of a zone: whether nothing can run in it now */
    void closeZones(Predicate<String> isLost) {
        lost = isLost;
    }

    /** @throws io.failoverlab.document.InvalidInput with the sum, if it is more than the machine has */
    void requireMemory(Topology all) {
        memory.require(all);
    }

    /** @throws IllegalArgumentException in AWS's words, if nothing can be launched in that zone now */
    void requireZone(String zone) {
        if (lost.test(zone)) {
            throw new IllegalArgumentException("InsufficientInstanceCapacity: expected an Availability Zone in which"
                    + " instances run, found " + zone + " lost; `lab fault az " + zone.charAt(zone.length() - 1)
                    + " --undo` gives it back");
        }
    }
}
