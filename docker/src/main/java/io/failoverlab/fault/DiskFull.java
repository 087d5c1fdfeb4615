package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import java.time.Instant;

/**
 * A file fills an instance's storage. A database's is the volume of its data, where that has a size; what is as large as this
 * machine's own disk is not filled.
 *
 * @param percent that is in use then, 1 to 100
 */
public record DiskFull(int percent) implements Stress {
    public DiskFull {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("expected 1 to 100 percent, found " + percent);
        }
    }

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String standsFor() {
        return "a full volume (AWSFIS-Run-Disk-Fill; FreeStorageSpace of a database)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        Disk disk = Disk.of(instance);
        if (!disk.isOwn()) {
            throw new NotRunning("expected storage of a size of its own in " + instance.name() + ", found "
                    + disk.folder() + " on this machine's disk (" + disk.kind()
                    + "); `allocated-storage` in the topology's file gives a database some");
        }
        long missing = disk.missing(percent);
        if (missing <= 0) {
            throw new NotRunning(
                    "expected less than " + percent + " % of " + instance.name() + "'s storage in use, found " + disk);
        }
        String file = disk.folder() + "/.lab-disk-full";
        return Injection.of(
                instance, new Undo.Delete(instance.name(), file), () -> act(instance, file, missing, scheduler));
    }

    private Effect act(Ec2Instance instance, String file, long bytes, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        // Added to what a fault before this one may have left; the last piece may not fit.
        ExecResult filled = instance.run("sh", "-c", "head -c " + bytes + " /dev/zero >> " + file);
        Disk now = Disk.of(instance);
        boolean full = now.percentUsed() >= percent - 1;
        return new Effect(
                injectedAt,
                full,
                full ? now.toString() : now + ": " + filled.stderr().strip());
    }
}
