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
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        List<Plug> plugs = instance.container().plugs();
        return Injection.of(instance, new Undo.PlugIn(instance.name(), plugs), () -> act(instance, plugs, scheduler));
    }

    private static Effect act(Ec2Instance instance, List<Plug> plugs, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        Together.each(plugs, instance.container()::unplug);
        boolean cut = !instance.container().state().connected();
        return new Effect(injectedAt, cut, cut ? "it left all its networks and runs on" : "it is still on a network");
    }
}
