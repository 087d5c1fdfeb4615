package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;

/** Every answer of the application, that to a health check too, comes two seconds late. */
public record Slow() implements InstanceFault {
    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String standsFor() {
        return "an EC2 instance that is too slow (a noisy neighbour, used-up CPU credits)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        return SwitchFile.prepare("all 2000", instance, scheduler);
    }
}
