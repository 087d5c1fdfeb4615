package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;

/**
 * The memory of an instance, as its control group counts it.
 *
 * @param limit in bytes
 * @param used in bytes, without what the kernel can drop at once
 */
record MemoryUse(long limit, long used) {
    private static final long MIB = 1L << 20;

    /** Version 1 of control groups has a folder of its own for memory. */
    private static final String QUESTION = """
            if cd /sys/fs/cgroup/memory 2>/dev/null; then
                echo $(cat memory.limit_in_bytes memory.usage_in_bytes) $(sed -n 's/^total_inactive_file //p' memory.stat)
            else
                cd /sys/fs/cgroup && echo $(cat memory.max memory.current) $(sed -n 's/^inactive_file //p' memory.stat)
            fi
            """;

    static MemoryUse of(Ec2Instance instance) {
        String answer = instance.run("sh", "-c", QUESTION).stdout().strip();
        try {
            return parse(answer);
        } catch (NumberFormatException unknown) {
            throw new NotRunning("expected the memory limit, the use and the inactive files of " + instance.name()
                    + " in its control group, found \"" + answer + "\"");
        }
    }

    /** @throws NumberFormatException if it is not three numbers, as where there is no limit */
    static MemoryUse parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 3) {
            throw new NumberFormatException(text);
        }
        return new MemoryUse(Long.parseLong(parts[0]), Long.parseLong(parts[1]) - Long.parseLong(parts[2]));
    }

    /** How much more is needed for that share to be in use; not positive if it is already. */
    long missing(int percent) {
        return limit / 100 * percent - used;
    }

    /** Whether that share is in use, give or take 2 % of the limit for what others took or gave back meanwhile. */
    boolean reaches(int percent) {
        return missing(percent) <= limit / 50;
    }

    @Override
    public String toString() {
        return used / MIB + " of " + limit / MIB + " MiB, " + used * 100 / limit + " %";
    }
}
