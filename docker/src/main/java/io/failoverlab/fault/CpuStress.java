package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Duration;
import java.time.Instant;

/**
 * That many {@code yes > /dev/null} inside the instance. They end by themselves at the time limit even if the lab is
 * gone by then.
 *
 * @param yes number of processes, 1 to 64
 * @param limit how long each runs at the most, at least a second
 */
public record CpuStress(int yes, Duration limit) implements InstanceFault {
    public CpuStress {
        if (yes < 1 || yes > 64) {
            throw new IllegalArgumentException("expected 1 to 64 `yes` processes, found " + yes);
        }
        if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("expected a time limit of a second or more, found " + limit);
        }
    }

    @Override
    public String name() {
        return "cpu-stress";
    }

    @Override
    public String standsFor() {
        return "a runaway process on an EC2 instance (AWSFIS-Run-CPU-Stress)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        String pids = "/tmp/lab-stress-" + scheduler.instant().toEpochMilli();
        return Injection.of(instance, new Undo.EndStress(instance.name(), pids), () -> act(instance, pids, scheduler));
    }

    private Effect act(Ec2Instance instance, String pids, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        instance.run(
                "sh",
                "-c",
                "for n in $(seq " + yes + "); do timeout " + limit.toSeconds() + " yes > /dev/null 2>&1 & echo $! >> "
                        + pids + "; done");
        long running = running(instance);
        return new Effect(
                injectedAt, running == yes, running + " of " + yes + " `yes > /dev/null` run in the instance");
    }

    static long running(Ec2Instance instance) {
        return instance.processes().stream()
                .filter(process -> process.commandLine().equals("yes"))
                .count();
    }
}
