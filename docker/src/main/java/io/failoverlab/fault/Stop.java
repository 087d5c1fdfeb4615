package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ContainerState;
import java.time.Instant;

/** An orderly stop: the application is asked to end and drains first. */
public record Stop() implements InstanceFault {
    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String standsFor() {
        return "EC2 StopInstances (aws:ec2:stop-instances)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return Injection.of(instance, new Undo.Start(instance.name()), () -> act(instance, scheduler));
    }

    private static Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        instance.stop();
        ContainerState state = instance.container().state();
        String evidence =
                state.running() ? "the instance still runs" : "the instance stopped with exit code " + state.exitCode();
        return new Effect(injectedAt, !state.running(), evidence);
    }
}
