package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import java.time.Instant;
import java.util.List;

/** A web server shuts down while it is a target still, as on AWS, and is gone for good. */
public record Terminate() implements ServiceFault {
    @Override
    public String name() {
        return "terminate";
    }

    @Override
    public String standsFor() {
        return "EC2 TerminateInstances (aws:ec2:terminate-instances)";
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public Injection prepare(Services services, String where, LabScheduler scheduler) {
        services.requireTerminable(where);
        return new Injection(where, List.of(new Undo.Nothing(where)), () -> {
            Instant injectedAt = scheduler.instant();
            return new Effect(injectedAt, true, services.terminate(where));
        });
    }
}
