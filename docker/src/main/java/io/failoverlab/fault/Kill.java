package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** SIGKILL to the whole instance: its processes are gone at once, and its address answers nobody. */
public record Kill() implements InstanceFault {
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String standsFor() {
        return "an EC2 instance lost with its host (no shutdown, no notice)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return Injection.of(instance, new Undo.Start(instance.name()), () -> act(instance, scheduler));
    }

    private static Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        instance.kill();
        Optional<ContainerState> ended = scheduler.await(
                EFFECT_LIMIT, () -> Optional.of(instance.container().state()).filter(state -> !state.running()));
        String evidence = ended.map(state -> "the instance ended with exit code " + state.exitCode())
                .orElse("the instance still ran " + EFFECT_LIMIT.toSeconds() + " s after SIGKILL");
        return new Effect(injectedAt, ended.isPresent(), evidence);
    }
}
