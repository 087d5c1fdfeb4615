package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Instant;
import java.util.Optional;

/** The instance's processes are ended and started anew: it is over once they run. */
public record Reboot() implements InstanceFault {
    @Override
    public String name() {
        return "reboot";
    }

    @Override
    public String standsFor() {
        return "EC2 RebootInstances (aws:ec2:reboot-instances)";
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return Injection.of(instance, new Undo.Start(instance.name()), () -> act(instance, scheduler));
    }

    private static Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        Optional<Instant> before = instance.container().startedAt();
        instance.reboot();
        boolean anew = !instance.container().startedAt().equals(before)
                && instance.container().state().running();
        return new Effect(injectedAt, anew, anew ? "its processes run anew" : "its processes do not run anew");
    }
}
