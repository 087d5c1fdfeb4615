package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer.Plug;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Every instance of a zone is taken off all its networks at once: a black hole. Nothing sent to it is answered, not even by a
 * reset, and its own connections wait in vain; it runs on all the while.
 *
 * <p>By the engine's own means, which every engine has. A rule that drops packets would need the host's packet filter, and
 * would have to be made in each instance besides, since the balancer's health checks come from this machine itself.
 */
public record AzNetwork() implements ZoneFault {
    private record Cut(Ec2Instance instance, List<Plug> plugs) {
        static Cut of(Ec2Instance instance) {
            return new Cut(instance, instance.container().plugs());
        }

        Undo undo() {
            return new Undo.PlugIn(instance.name(), plugs);
        }

        void act() {
            Together.each(plugs, instance.container()::unplug);
        }
    }

    @Override
    public String name() {
        return "az-network";
    }

    @Override
    public String standsFor() {
        return "an Availability Zone cut from the network (aws:network:disrupt-connectivity, scope all)";
    }

    @Override
    public Injection prepare(FaultZone zone, LabScheduler scheduler) {
        List<Ec2Instance> running = zone.running();
        List<Cut> cuts = Together.map(running, Cut::of);
        return new Injection(
                zone.title(), cuts.stream().map(Cut::undo).toList(), () -> act(zone, running, cuts, scheduler));
    }

    private static Effect act(FaultZone zone, List<Ec2Instance> running, List<Cut> cuts, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        Together.each(cuts, Cut::act);
        Duration took = Duration.between(injectedAt, scheduler.instant());
        List<Ec2Instance> left = running.stream()
                .filter(instance -> instance.container().state().connected())
                .toList();
        String seen = left.isEmpty()
                ? String.join(", ", FaultZone.names(running)) + " left all networks within " + took.toMillis() + " ms"
                : String.join(", ", FaultZone.names(left)) + " still on a network";
        return new Effect(injectedAt, left.isEmpty(), zone.evidence(seen, running));
    }
}
