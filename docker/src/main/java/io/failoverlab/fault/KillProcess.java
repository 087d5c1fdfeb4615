package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
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
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        long pid = ServerProcess.required(instance).pid();
        return Injection.of(instance, new Undo.Reboot(instance.name(), pid), () -> act(instance, pid, scheduler));
    }

    private static Effect act(Ec2Instance instance, long pid, LabScheduler scheduler) {
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
        return new Effect(injectedAt, gone, evidence);
    }
}
