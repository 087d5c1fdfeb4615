package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code kill -9 PID} of the server process inside the instance. The instance itself goes on: its status checks pass
 * while the balancer's health checks fail.
 */
public record KillProcess() implements InstanceFault {
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "kill-process";
    }

    @Override
    public String standsFor() {
        return "a crashed server process on a healthy EC2 instance (AWSFIS-Run-Kill-Process)";
    }

    @Override
    public ActiveFault inject(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        long pid = ServerProcess.of(instance)
                .orElseThrow(() -> new NotRunning("expected a server process in " + instance.name()
                        + ", found none; `lab ps " + instance.name() + "` lists what runs"))
                .pid();
        Instant injectedAt = scheduler.instant();
        ExecResult kill = instance.run("kill", "-9", Long.toString(pid));
        boolean gone = kill.exitCode() == 0
                && scheduler
                        .await(
                                EFFECT_LIMIT,
                                () -> ServerProcess.of(instance).isEmpty() ? Optional.of(true) : Optional.empty())
                        .isPresent();
        String evidence = gone
                ? "process " + pid + " is gone, the instance runs on"
                : "process " + pid + " is still there: " + kill.stderr().strip();
        return new ActiveFault(this, instance.name(), injectedAt, gone, evidence, () -> {
            instance.reboot();
            return "the instance was rebooted";
        });
    }
}
