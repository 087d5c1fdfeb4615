package io.failoverlab.fault;

import java.time.Duration;

/** A fault that eats what an instance has; the instance and its server go on. */
public sealed interface Stress extends InstanceFault permits CpuStress, MemoryStress, IoStress, DiskFull {
    /** @throws IllegalArgumentException if it is below a second */
    static void requireLimit(Duration limit) {
        if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("expected a time limit of a second or more, found " + limit);
        }
    }
}
