package io.failoverlab.simulator;

import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.simulator.SimulatedInstance.Life;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Starts, stops and loses instances; it is there whether a lab runs or not. Its times are those of containers. */
final class SimulatedEngine implements InstanceActions {
    /** A slow start, in milliseconds. */
    static final long SLOWEST_START = 90_000;

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Journal journal;
    private final int zoneCapacity;
    private final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    private final Map<Zone, Integer> inZone = new HashMap<>();
    private final Set<Zone> lost = new HashSet<>();
    private ControlPlane lab;
    private int addresses;
    private int failing;
    private int slow;
    private int staying;
    private int refusals;

    SimulatedEngine(SimulatedTime time, RandomGenerator random, Journal journal, int zoneCapacity) {
        this.time = time;
        this.random = random;
        this.journal = journal;
        this.zoneCapacity = zoneCapacity;
    }

    void serve(ControlPlane plane) {
        lab = plane;
    }

    Collection<SimulatedInstance> instances() {
        return instances.values();
    }

    SimulatedInstance named(String name) {
        return instances.get(name);
    }

    boolean isLost(Zone zone) {
        return lost.contains(zone);
    }

    /** The next launches fail, or are slow. */
    void trouble(int toFail, int toBeSlow) {
        failing += toFail;
        slow += toBeSlow;
    }

    /** The next terminations fail. */
    void failTerminations(int number) {
        staying += number;
    }

    /** The next decisions cannot even be begun. */
    void refuse(int number) {
        refusals += number;
    }

    private void begin(String what) {
        if (refusals > 0) {
            refusals--;
            journal.tell("engine: refuses to " + what);
            throw new IllegalStateException("no room to write it down");
        }
        journal.tell("engine: " + what);
    }

    void endTrouble() {
        staying = 0;
        refusals = 0;
        failing = 0;
        slow = 0;
        lost.clear();
    }

    void loseZone(Zone zone) {
        lost.add(zone);
        for (SimulatedInstance instance : List.copyOf(instances.values())) {
            if (instance.zone.equals(zone)) {
                die(instance);
            }
        }
    }

    void zoneIsBack(Zone zone) {
        lost.remove(zone);
    }

    @Override
    public void launch(Decision.Launch launch) {
        begin("launch " + launch.instance() + (launch.warm() ? " into the pool" : ""));
        SimulatedInstance instance = new SimulatedInstance(
                launch.instance(), launch.instanceId(), launch.zone(), "10.0." + ++addresses, launch.warm());
        if (instances.putIfAbsent(instance.name, instance) != null) {
            throw new Violation.Found(
                    new Violation("a name is used once", time.elapsed(), "a second launch of " + instance.name));
        }
        inZone.merge(instance.zone, 1, Integer::sum);
        boot(instance);
    }

    private void boot(SimulatedInstance instance) {
        boolean fails = isLost(instance.zone) || inZone.get(instance.zone) > zoneCapacity || failing > 0;
        failing = Math.max(0, failing - 1);
        boolean isSlow = slow > 0;
        slow = Math.max(0, slow - 1);
        long container = random.nextLong(50, 500);
        long application = isSlow ? random.nextLong(10_000, SLOWEST_START) : random.nextLong(200, 3_000);
        time.after(container, () -> {
            if (!instance.is(Life.STARTING)) {
                return;
            }
            if (fails || isLost(instance.zone)) {
                remove(instance);
                journal.tell("engine: " + instance.name + " cannot be started");
                lab.launchFailed(instance.name);
            } else {
                instance.run(time.elapsed() + application);
                lab.running(instance.name);
            }
        });
    }

    @Override
    public void start(Decision.Start start) {
        begin("start " + start.instance());
        SimulatedInstance instance = known(start.instance());
        instance.become(Life.STARTING);
        long container = random.nextLong(50, 500);
        boolean fails = isLost(instance.zone);
        time.after(container, () -> {
            if (instance.is(Life.STARTING) && !fails && !isLost(instance.zone)) {
                instance.run(time.elapsed() + random.nextLong(200, 3_000));
                lab.running(instance.name);
            } else if (instance.is(Life.STARTING)) {
                die(instance);
            }
        });
    }

    @Override
    public void stop(Decision.Stop stop) {
        begin("stop " + stop.instance());
        SimulatedInstance instance = known(stop.instance());
        lab.balancer()
                .whenGone(
                        instance.name,
                        () -> time.after(random.nextLong(100, 1_500), () -> {
                            if (instance.is(Life.RUNNING)) {
                                instance.become(Life.STOPPED);
                                lab.stopped(instance.name);
                            }
                        }));
    }

    @Override
    public void register(Decision.Register register) {
        begin("register " + register.instance());
        lab.balancer().register(known(register.instance()));
    }

    @Override
    public void deregister(Decision.Deregister deregister) {
        lab.balancer().deregister(deregister.instance());
    }

    @Override
    public void terminate(Decision.Terminate terminate) {
        begin("terminate " + terminate.instance());
        SimulatedInstance instance = instances.get(terminate.instance());
        if (instance == null) {
            lab.terminated(terminate.instance());
            return;
        }
        instance.leave(true);
        lab.balancer().deregister(instance.name);
        lab.balancer().whenGone(instance.name, () -> shutDown(instance));
    }

    private void shutDown(SimulatedInstance instance) {
        int epoch = lab.epoch();
        time.after(random.nextLong(50, 1_500), () -> {
            if (lab.epoch() != epoch || instance.is(Life.REMOVED)) {
                return;
            }
            if (staying > 0) {
                staying--;
                journal.tell("engine: " + instance.name + " cannot be terminated");
                lab.terminationFailed(instance.name);
            } else {
                remove(instance);
                lab.terminated(instance.name);
            }
        });
    }

    private SimulatedInstance known(String name) {
        SimulatedInstance instance = instances.get(name);
        if (instance == null) {
            throw new Violation.Found(new Violation("only what exists is handled", time.elapsed(), "no " + name));
        }
        return instance;
    }

    /** The container ends; its engine tells within milliseconds. */
    void die(SimulatedInstance instance) {
        if (instance.is(Life.DEAD) || instance.is(Life.REMOVED)) {
            return;
        }
        instance.become(Life.DEAD);
        journal.tell("engine: " + instance.name + " died");
        time.after(random.nextLong(2, 50), () -> {
            if (!instance.is(Life.REMOVED)) {
                lab.gone(instance.name);
            }
        });
    }

    void remove(SimulatedInstance instance) {
        instance.become(Life.REMOVED);
        if (instances.remove(instance.name, instance)) {
            inZone.merge(instance.zone, -1, Integer::sum);
        }
    }

    /** What a lab that begins anew finds: what runs stays, the rest it removes. */
    List<SimulatedInstance> inventory() {
        List<SimulatedInstance> running = new ArrayList<>();
        for (SimulatedInstance instance : List.copyOf(instances.values())) {
            instance.leave(false);
            if (instance.is(Life.RUNNING)) {
                running.add(instance);
            } else {
                remove(instance);
            }
        }
        return running;
    }
}
