package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Processes write a file again and again, each time onto the disk, where the instance writes itself. A web server's storage is in
 * memory: there it takes processor and memory bandwidth.
 *
 * @param workers that write, 1 to {@value #MOST}
 * @param limit how long, at least a second
 */
public record IoStress(int workers, Duration limit) implements Stress {
    static final int MOST = 16;

    private static final long BLOCK = 64L << 10;
    private static final long LARGEST = 64L << 20;

    public IoStress {
        if (workers < 1 || workers > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " workers, found " + workers);
        }
        Stress.requireLimit(limit);
    }

    @Override
    public String name() {
        return "io-stress";
    }

    @Override
    public String standsFor() {
        return "a volume without I/O to spare (AWSFIS-Run-IO-Stress)";
    }

    @Override
    public Optional<Duration> endsAfter() {
        return Optional.of(limit);
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        Instant now = scheduler.instant();
        Disk disk = Disk.of(instance);
        Workers processes = Workers.of(instance, "io", now);
        String files = disk.folder() + "/.lab-io-" + now.toEpochMilli() + "-";
        return Injection.of(
                instance,
                Undo.EndStress.of(processes, files),
                () -> act(processes, files, blocks(disk.freeBytes(), workers), scheduler));
    }

    /** A quarter of what is free is for all of them. */
    static long blocks(long freeBytes, int workers) {
        return Math.max(1, Math.min(LARGEST, freeBytes / 4 / workers) / BLOCK);
    }

    private Effect act(Workers processes, String files, long blocks, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        String failure = processes.start(workers, limit, script(files, blocks));
        int running = processes.running();
        return new Effect(
                injectedAt,
                running == workers,
                running + " of " + workers + " write " + blocks * BLOCK / 1024 + " KiB again and again to "
                        + files.substring(0, files.lastIndexOf('/'))
                        + (failure.isEmpty() ? "" : ": " + failure));
    }

    static String script(String files, long blocks) {
        return """
                f=%s$1
                trap 'rm -f "$f"' EXIT
                trap exit TERM
                while :; do dd if=/dev/zero of="$f" bs=%d count=%d conv=fsync 2>/dev/null || sleep 0.1; done
                """.formatted(files, BLOCK, blocks);
    }
}
