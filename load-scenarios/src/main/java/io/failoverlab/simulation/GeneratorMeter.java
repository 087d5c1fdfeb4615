package io.failoverlab.simulation;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Reads what this JVM uses; each reading covers the time since the one before. For one thread. */
final class GeneratorMeter {
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long cpuBefore = cpuMillis();
    private long gcBefore = gcMillis();

    GeneratorUse read(long epochSecond) {
        long cpu = cpuMillis();
        long gc = gcMillis();
        boolean tells = system instanceof UnixOperatingSystemMXBean;
        GeneratorUse use = new GeneratorUse(
                epochSecond,
                cpu - cpuBefore,
                tells ? ((UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount() : 0,
                tells ? ((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount() : 0,
                gc - gcBefore);
        cpuBefore = cpu;
        gcBefore = gc;
        return use;
    }

    private long cpuMillis() {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, system.getProcessCpuTime()));
    }

    private static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
    }
}
