package io.failoverlab.simulator;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.GroupEvent;
import io.failoverlab.ec2.InstanceId;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.elb.TargetState;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.Zone;
import java.util.List;
import java.util.random.RandomGenerator;

/** The lab, as far as it decides: the balancer's controller and the group's. It can die, and begin anew with what runs. */
final class ControlPlane {
    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Journal journal;
    private final Scenario scenario;
    private final Variant variant;
    private final SimulatedEngine engine;
    private final SimulatedBalancer.Network network;
    private final Invariants rules;
    private SimulatedBalancer balancer;
    private GroupController group;
    private boolean up;
    private int epoch;

    ControlPlane(
            SimulatedTime time,
            RandomGenerator random,
            Journal journal,
            Scenario scenario,
            Variant variant,
            SimulatedEngine engine,
            SimulatedBalancer.Network network,
            Invariants rules) {
        this.time = time;
        this.random = random;
        this.journal = journal;
        this.scenario = scenario;
        this.variant = variant;
        this.engine = engine;
        this.network = network;
        this.rules = rules;
        engine.serve(this);
    }

    /** @param settings with the sizes that the user set last; all else that a former lab knew is lost */
    void begin(AutoScaling settings) {
        up = true;
        rules.labBegan();
        List<SimulatedInstance> running = engine.inventory();
        balancer = new SimulatedBalancer(
                time,
                random,
                journal,
                network,
                scenario.check(),
                variant.targets(scenario.check(), scenario.attributes()),
                rules,
                this::targetChanged);
        AutoScalingGroup model =
                variant.group(settings, scenario.zones(), () -> InstanceId.random(random), time.instant());
        group = new GroupController(
                model,
                rules.watching(variant.actions(engine), this),
                time,
                event -> journal.tell("group: " + word(event)),
                ControlPlane::refused);
        running.forEach(it -> model.adopt(it.name, it.id, it.zone, time.instant()));
        balancer.takeOver(running);
        group.tick();
    }

    /** What the engine refuses is the group's affair; a broken rule is not. */
    private static void refused(Decision decision, RuntimeException failure) {
        if (failure instanceof Violation.Found) {
            throw failure;
        }
    }

    private static String word(GroupEvent event) {
        return (event.kind().detailType() + " " + event.instance()).strip();
    }

    private void targetChanged(SimulatedInstance instance, TargetGroup.Transition transition) {
        TargetState now = transition.to().state();
        if (now == TargetState.HEALTHY || now == TargetState.UNHEALTHY) {
            group.targetHealth(instance.name, now == TargetState.HEALTHY);
        }
    }

    /** The lab's process is killed; nginx and the instances go on. */
    void die() {
        up = false;
        epoch++;
        balancer.close();
        journal.tell("the lab died");
    }

    void tick() {
        if (up) {
            balancer.tick();
            group.tick();
        }
    }

    boolean isUp() {
        return up;
    }

    int epoch() {
        return epoch;
    }

    SimulatedBalancer balancer() {
        return balancer;
    }

    GroupController group() {
        return group;
    }

    Zone zone(int number) {
        return scenario.zones().get(number % scenario.zones().size());
    }

    void running(String name) {
        if (up) {
            group.running(name);
        }
    }

    void stopped(String name) {
        if (up) {
            group.stopped(name);
        }
    }

    void launchFailed(String name) {
        if (up) {
            group.launchFailed(name, "the engine refused");
        }
    }

    void terminated(String name) {
        if (up) {
            group.terminated(name);
        }
    }

    void terminationFailed(String name) {
        if (up && variant.tellsOfFailedTerminations()) {
            group.terminationFailed(name, "the engine refused");
        } else {
            terminated(name);
        }
    }

    void gone(String name) {
        if (up) {
            balancer.instanceGone(name);
            group.gone(name, "it died");
        }
    }

    void impaired(String name, boolean impaired) {
        if (up) {
            group.impaired(name, impaired);
        }
    }
}
