package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Every process of the instance is frozen: connections stay open and nothing is answered. */
public record Pause() implements InstanceFault {
    private static final Duration ENDED_LIMIT = Duration.ofSeconds(1);

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
        // Whoever takes a frozen server for lost, as a failover does within milliseconds, thaws it by ending it.
        return scheduler
                .await(ENDED_LIMIT, () -> evidence(instance.container().state()))
                .map(evidence -> new Effect(injectedAt, true, evidence))
                .orElseGet(() -> new Effect(injectedAt, false, "its processes still run"));
    }

    static Optional<String> evidence(ContainerState state) {
        if (state.paused()) {
            return Optional.of("the engine reports its processes frozen");
        }
        return state.running()
                ? Optional.empty()
                : Optional.of("the engine froze its processes, and they have been ended since");
    }
}
