package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;

/** The application answers its health checks and nothing else, so that no check finds out. */
public record Deaf() implements InstanceFault {
    @Override
    public String name() {
        return "deaf";
    }

    @Override
    public String standsFor() {
        return "an application that is stuck behind a health check that is too shallow";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        return SwitchFile.prepare("requests 3600000", instance, scheduler);
    }
}
