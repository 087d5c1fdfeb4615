package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Instant;

/** Every process of the instance is frozen: connections stay open and nothing is answered. */
public record Pause() implements InstanceFault {
    @Override
    public String name() {
        return "pause";
    }

    @Override
    public String standsFor() {
        return "a hanging EC2 instance (instance status check failed)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return Injection.of(instance, new Undo.Resume(instance.name()), () -> act(instance, scheduler));
    }

    private static Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        instance.pause();
        boolean paused = instance.container().state().paused();
        String evidence = paused ? "the engine reports its processes frozen" : "its processes still run";
        return new Effect(injectedAt, paused, evidence);
    }
}
