package io.failoverlab.simulator;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.autoscaling.RefreshPreferences;
import io.failoverlab.simulator.SimulatedInstance.Life;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Does what may happen to a stack, and what users may ask of it, at random times; then puts it all right. */
final class RandomFaults {
    /** A lost zone, in milliseconds. */
    static final long LONGEST = 900_000;

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Journal journal;
    private final Scenario scenario;
    private final SimulatedEngine engine;
    private final SimulatedBalancer.Network network;
    private final ControlPlane lab;
    private final Invariants rules;
    /** What it takes to serve, in instances; it goes on when the faults have ended. */
    private double load;

    private boolean quiet;
    private boolean over;
    private int injected;

    RandomFaults(
            SimulatedTime time,
            RandomGenerator random,
            Journal journal,
            Scenario scenario,
            SimulatedEngine engine,
            SimulatedBalancer.Network network,
            ControlPlane lab,
            Invariants rules) {
        this.time = time;
        this.random = random;
        this.journal = journal;
        this.scenario = scenario;
        this.engine = engine;
        this.network = network;
        this.lab = lab;
        this.rules = rules;
        this.load = scenario.group().size().desired();
    }

    int injected() {
        return injected;
    }

    void begin() {
        next();
        if (scenario.tracks()) {
            time.after(scenario.group().clocks().metricPeriod().toMillis(), this::measure);
        }
    }

    /** Nothing new comes; what there is ends by itself. */
    void rest() {
        quiet = true;
        journal.tell("nothing new happens");
    }

    void goOn() {
        quiet = false;
        journal.tell("the faults go on");
    }

    private void next() {
        long pause = (long) (scenario.faultEvery() * -Math.log(1 - random.nextDouble()));
        time.after(pause, () -> {
            if (!over) {
                if (lab.isUp() && !quiet) {
                    inject();
                }
                next();
            }
        });
    }

    private void tell(String what) {
        injected++;
        journal.tell("fault: " + what);
        rules.disturbed();
    }

    private void inject() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 ->
                withSome(it -> {
                    tell(it.name + " dies");
                    engine.die(it);
                });
            case 3 -> withSome(this::hang);
            case 4 -> withSome(this::sicken);
            case 5 -> {
                tell("the next launches are slow");
                engine.trouble(0, random.nextInt(1, 4));
            }
            case 6 -> {
                tell("the next launches fail");
                engine.trouble(random.nextInt(1, 6), 0);
            }
            case 7 -> loseZone();
            case 8 -> loseProbes();
            case 9 -> changeDesired();
            case 10 -> changeLimits();
            case 11 -> alarm();
            case 12 -> wish();
            case 13 -> restart();
            case 14 -> {
                tell("the next terminations fail");
                engine.failTerminations(random.nextInt(1, 8));
            }
            case 15 -> {
                tell("the next decisions are refused");
                engine.refuse(random.nextInt(1, 4));
            }
            default -> throw new IllegalStateException("no such fault");
        }
    }

    private void withSome(java.util.function.Consumer<SimulatedInstance> what) {
        List<SimulatedInstance> running = new ArrayList<>();
        for (SimulatedInstance instance : engine.instances()) {
            if (instance.is(Life.RUNNING)) {
                running.add(instance);
            }
        }
        if (!running.isEmpty()) {
            what.accept(running.get(random.nextInt(running.size())));
        }
    }

    /** Its status checks fail as well. */
    private void hang(SimulatedInstance instance) {
        tell(instance.name + " hangs");
        instance.hang(true);
        lab.impaired(instance.name, true);
        time.after(random.nextLong(1_000, 120_000), () -> {
            instance.hang(false);
            lab.impaired(instance.name, false);
            rules.disturbed();
        });
    }

    private void sicken(SimulatedInstance instance) {
        tell(instance.name + " answers 503");
        instance.sicken(true);
        time.after(random.nextLong(500, 120_000), () -> {
            instance.sicken(false);
            rules.disturbed();
        });
    }

    private void loseZone() {
        Zone zone = lab.zone(random.nextInt(scenario.zones().size()));
        tell("zone " + zone.letter() + " is lost");
        engine.loseZone(zone);
        time.after(random.nextLong(5_000, LONGEST), () -> {
            engine.zoneIsBack(zone);
            journal.tell("zone " + zone.letter() + " is back");
            rules.disturbed();
        });
    }

    private void loseProbes() {
        tell("probes are lost");
        network.loseProbes(random.nextDouble(0.05, 0.9));
        time.after(random.nextLong(500, 60_000), () -> {
            network.loseProbes(0);
            rules.disturbed();
        });
    }

    private void changeDesired() {
        GroupController group = lab.group();
        GroupSize size = group.ask(AutoScalingGroup::size);
        int min = size.min();
        int max = size.max();
        int desired = random.nextInt(min, max + 1);
        tell("somebody wants " + desired + " instances");
        group.setDesiredCapacity(desired);
    }

    private void changeLimits() {
        int min = random.nextInt(0, 3);
        int max = Math.max(min, scenario.group().size().max() + random.nextInt(-3, 4));
        tell("somebody sets the limits to " + min + " and " + max);
        lab.group().tell((group, now) -> group.setLimits(min, Math.max(max, 1), now));
    }

    private void alarm() {
        String policy = random.nextBoolean() ? Scenario.SIMPLE : Scenario.STEP;
        double distance = random.nextDouble(-40, 60);
        tell("an alarm wants " + policy);
        lab.group().execute(policy, "alarm", distance);
    }

    private void wish() {
        List<GroupInstance> instances = lab.group().instances().stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE || it.state() == LifecycleState.STANDBY)
                .toList();
        boolean refreshing = lab.group().ask(AutoScalingGroup::isRefreshing);
        if (random.nextInt(3) == 0 && !refreshing) {
            RefreshPreferences how = new RefreshPreferences(random.nextInt(0, 101), random.nextBoolean() ? 100 : 150);
            tell("somebody starts an instance refresh: " + how);
            lab.group().tell((group, now) -> group.startInstanceRefresh(how, now));
        } else if (!instances.isEmpty()) {
            GroupInstance some = instances.get(random.nextInt(instances.size()));
            if (some.state() == LifecycleState.STANDBY) {
                tell("somebody puts " + some.name() + " into service");
                lab.group().tell((group, now) -> group.exitStandby(some.name(), now));
            } else if (random.nextBoolean()) {
                tell("somebody puts " + some.name() + " to standby");
                lab.group().tell((group, now) -> group.enterStandby(some.name(), false, now));
            } else {
                tell("somebody protects " + some.name());
                lab.group().tell((group, now) -> group.protectFromScaleIn(some.name(), true));
            }
        }
    }

    private void restart() {
        GroupController group = lab.group();
        AutoScaling sizes = sized(group);
        tell("the lab is killed");
        lab.die();
        time.after(random.nextLong(500, 20_000), () -> {
            journal.tell("a new lab begins");
            lab.begin(sizes);
        });
    }

    private AutoScaling sized(GroupController group) {
        return scenario.group().withSize(group.ask(AutoScalingGroup::size));
    }

    private void measure() {
        if (!over && !quiet && random.nextInt(40) == 0) {
            load = random.nextDouble(0.2, scenario.group().size().max() + 1.0);
            tell("the load changes to " + Math.round(load * 100) + " %");
        }
        if (lab.isUp()) {
            long serving = lab.group().instances().stream()
                    .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                    .count();
            if (serving > 0) {
                double percent = Math.min(100, 50 * load / serving);
                lab.group()
                        .tell((group, now) ->
                                group.measured(ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, percent, now));
            }
        }
        time.after(scenario.group().clocks().metricPeriod().toMillis(), this::measure);
    }

    /** Undoes everything that does not end by itself. */
    void end() {
        over = true;
        journal.tell("the faults end");
        engine.endTrouble();
        network.loseProbes(0);
        for (SimulatedInstance instance : engine.instances()) {
            instance.hang(false);
            instance.sicken(false);
            lab.impaired(instance.name, false);
        }
        if (lab.isUp()) {
            for (GroupInstance it : lab.group().instances()) {
                lab.group().tell((group, now) -> group.protectFromScaleIn(it.name(), false));
                if (it.state() == LifecycleState.STANDBY) {
                    lab.group().tell((group, now) -> group.exitStandby(it.name(), now));
                }
            }
        }
        rules.disturbed();
    }
}
