package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer;
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
    private record Cut(Ec2Instance instance, List<EngineContainer.Plug> plugs) {}

    @Override
    public String name() {
        return "az-network";
    }

    @Override
    public String standsFor() {
        return "an Availability Zone cut from the network (aws:network:disrupt-connectivity, scope all)";
    }

    @Override
    public ActiveFault inject(FaultZone zone, LabScheduler scheduler) {
        List<Ec2Instance> running = zone.running();
        List<Cut> cuts = Together.map(
                running, instance -> new Cut(instance, instance.container().plugs()));
        Instant injectedAt = scheduler.instant();
        Together.eachOrNone(cuts, AzNetwork::cut, AzNetwork::mend);
        Duration took = Duration.between(injectedAt, scheduler.instant());
        List<Ec2Instance> left = running.stream()
                .filter(instance -> instance.container().state().connected())
                .toList();
        String seen = left.isEmpty()
                ? String.join(", ", FaultZone.names(running)) + " left all networks within " + took.toMillis() + " ms"
                : String.join(", ", FaultZone.names(left)) + " still on a network";
        return new ActiveFault(
                this,
                zone.title(),
                FaultZone.names(running),
                injectedAt,
                left.isEmpty(),
                zone.evidence(seen, running),
                () -> {
                    Together.each(cuts, AzNetwork::mend);
                    return String.join(", ", FaultZone.names(running)) + (running.size() == 1 ? " is" : " are")
                            + " on the networks again with their addresses";
                });
    }

    private static void cut(Cut cut) {
        Together.each(cut.plugs(), cut.instance().container()::unplug);
    }

    /** In their order, since the first one is the instance's own subnet. */
    private static void mend(Cut cut) {
        EngineContainer container = cut.instance().container();
        List<EngineContainer.Plug> there = container.plugs();
        cut.plugs().stream().filter(plug -> !there.contains(plug)).forEach(container::plugIn);
    }
}
