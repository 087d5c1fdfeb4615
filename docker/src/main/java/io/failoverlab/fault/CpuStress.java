package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
    public ActiveFault inject(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        Instant injectedAt = scheduler.instant();
        ExecResult started = instance.run(
                "sh",
                "-c",
                "for n in $(seq " + yes + "); do timeout " + limit.toSeconds()
                        + " yes > /dev/null 2>&1 & echo $!; done");
        List<String> pids = started.stdout().lines().map(String::strip).toList();
        long running = running(instance);
        return new ActiveFault(
                this,
                instance.name(),
                injectedAt,
                running == yes,
                running + " of " + yes + " `yes > /dev/null` run in the instance",
                () -> end(instance, pids));
    }

    /** {@code timeout} passes the signal on to its {@code yes}. */
    private static String end(Ec2Instance instance, List<String> pids) {
        if (!instance.passesStatusChecks()) {
            return "the instance no longer runs, and so do they";
        }
        instance.run("sh", "-c", "kill " + String.join(" ", pids) + " 2>/dev/null; true");
        return running(instance) + " `yes` left in the instance";
    }

    private static long running(Ec2Instance instance) {
        return instance.processes().stream()
                .filter(process -> process.commandLine().equals("yes"))
                .count();
    }
}
