package io.failoverlab.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The host's memory, for the head of the history. */
final class Memory {
    private Memory() {}

    /** In bytes; 0 if this JVM cannot tell. */
    static long ofHost() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
