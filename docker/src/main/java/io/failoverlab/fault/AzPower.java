package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SIGKILL to every instance of a zone at once. */
public record AzPower() implements ZoneFault {
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "az-power";
    }

    @Override
    public String standsFor() {
        return "an Availability Zone without power (AWS FIS scenario \"AZ Availability: Power Interruption\")";
    }

    @Override
    public Injection prepare(FaultZone zone, LabScheduler scheduler) {
        List<Ec2Instance> running = zone.running();
        List<Undo> undo = running.stream()
                .<Undo>map(instance -> new Undo.Start(instance.name()))
                .toList();
        return new Injection(zone.title(), undo, () -> act(zone, running, scheduler));
    }

    private static Effect act(FaultZone zone, List<Ec2Instance> running, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        Together.each(running, instance -> instance.container().signal("KILL"));
        Duration took = Duration.between(injectedAt, scheduler.instant());
        List<Ec2Instance> left = scheduler
                .await(EFFECT_LIMIT, () -> Optional.of(stillRunning(running)).filter(List::isEmpty))
                .orElseGet(() -> stillRunning(running));
        String seen = left.isEmpty()
                ? String.join(", ", FaultZone.names(running)) + " got SIGKILL within " + took.toMillis()
                        + " ms and ended"
                : String.join(", ", FaultZone.names(left)) + " still ran " + EFFECT_LIMIT.toSeconds()
                        + " s after SIGKILL";
        return new Effect(injectedAt, left.isEmpty(), zone.evidence(seen, running));
    }

    private static List<Ec2Instance> stillRunning(List<Ec2Instance> instances) {
        return instances.stream()
                .filter(instance -> instance.container().state().running())
                .toList();
    }
}
