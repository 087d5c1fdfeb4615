package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * SIGSTOP to the server process: the kernel still accepts connections for it, and nothing is ever answered. The instance itself
 * goes on, so that its status checks pass; only health checks find out.
 */
public record Hang() implements InstanceFault {
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "hang";
    }

    @Override
    public String standsFor() {
        return "a server process that hangs on a healthy EC2 instance (a deadlock, a full heap)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        long pid = ServerProcess.required(instance).pid();
        return Injection.of(
                instance, new Undo.Continue(instance.name(), pid), () -> act(instance, Long.toString(pid), scheduler));
    }

    private static Effect act(Ec2Instance instance, String pid, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        instance.run("sh", "-c", "kill -STOP " + pid);
        boolean stopped = scheduler
                .await(EFFECT_LIMIT, () -> state(instance, pid).startsWith("T") ? Optional.of(true) : Optional.empty())
                .isPresent();
        return new Effect(
                injectedAt, stopped, "process " + pid + " is in state " + state(instance, pid) + " (T is stopped)");
    }

    private static String state(Ec2Instance instance, String pid) {
        return instance.run("ps", "-o", "stat=", "-p", pid).stdout().strip();
    }
}
