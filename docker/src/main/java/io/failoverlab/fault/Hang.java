package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
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
    public ActiveFault inject(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        String pid = Long.toString(ServerProcess.of(instance)
                .orElseThrow(() -> new NotRunning("expected a server process in " + instance.name()
                        + ", found none; `lab ps " + instance.name() + "` lists what runs"))
                .pid());
        Instant injectedAt = scheduler.instant();
        instance.run("sh", "-c", "kill -STOP " + pid);
        boolean stopped = scheduler
                .await(EFFECT_LIMIT, () -> state(instance, pid).startsWith("T") ? Optional.of(true) : Optional.empty())
                .isPresent();
        return new ActiveFault(
                this,
                instance.name(),
                injectedAt,
                stopped,
                "process " + pid + " is in state " + state(instance, pid) + " (T is stopped)",
                () -> {
                    if (instance.passesStatusChecks()) {
                        instance.run("sh", "-c", "kill -CONT " + pid);
                    }
                    return "process " + pid + " goes on";
                });
    }

    private static String state(Ec2Instance instance, String pid) {
        return instance.run("ps", "-o", "stat=", "-p", pid).stdout().strip();
    }
}
