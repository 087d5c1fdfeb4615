package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer.Plug;
import java.time.Instant;
import java.util.List;

/** An instance is taken off all its networks: nothing sent to it is answered, and it runs on. */
public record Cut() implements InstanceFault {
    @Override
    public String name() {
        return "cut";
    }

    @Override
    public String standsFor() {
        return "an instance cut from the network (aws:network:disrupt-connectivity, scope all)";
    }

    @Override
    public ActiveFault inject(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        List<Plug> plugs = instance.container().plugs();
        Instant injectedAt = scheduler.instant();
        Together.each(plugs, instance.container()::unplug);
        boolean cut = !instance.container().state().connected();
        return new ActiveFault(
                this,
                instance.name(),
                injectedAt,
                cut,
                cut ? "it left all its networks and runs on" : "it is still on a network",
                () -> {
                    List<Plug> there = instance.container().plugs();
                    // In their order, since the first one is the instance's own subnet.
                    plugs.stream().filter(plug -> !there.contains(plug)).forEach(instance.container()::plugIn);
                    return "it is on its networks again with its addresses";
                });
    }
}
