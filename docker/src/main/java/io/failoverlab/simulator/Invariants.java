package io.failoverlab.simulator;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.elb.ProbeResult;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.topology.HealthCheckType;
import io.failoverlab.topology.Zone;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rules that hold at every step, and those that hold when it has been quiet for long enough. */
final class Invariants {
    private static final long HOUR = 3_600_000;
    /** What retries in a zone that takes no launches add up to in an hour, by the lab's clocks. */
    private static final int RETRIES = 63;

    private final SimulatedTime time;
    private final Scenario scenario;
    private final SimulatedEngine engine;
    private final SimulatedBalancer.Network network;
    private final Map<String, Tally> probes = new HashMap<>();
    private final Map<String, Long> leftAt = new HashMap<>();
    private final Deque<Long> launches = new ArrayDeque<>();
    private final Deque<Long> faults = new ArrayDeque<>();
    private long labBegan;
    private long lastDisturbance;
    private int lastDesired;
    private long lastLowered;
    private boolean lookedAtRecovery;
    private final Set<String> haveServed = new HashSet<>();
    private final Map<String, Long> launchedAt = new HashMap<>();

    /** What the probes of a target found last, counted apart from the target group. */
    private static final class Tally {
        private int passes;
        private int failures;
        private boolean died;
    }

    Invariants(SimulatedTime time, Scenario scenario, SimulatedEngine engine, SimulatedBalancer.Network network) {
        this.time = time;
        this.scenario = scenario;
        this.engine = engine;
        this.network = network;
    }

    private void require(boolean holds, String rule, String found) {
        if (!holds) {
            throw new Violation.Found(new Violation(rule, time.elapsed(), found));
        }
    }

    void labBegan() {
        labBegan = time.elapsed();
        // As good as any for who goes on with them.
        engine.instances().forEach(it -> haveServed.add(it.name));
        leftAt.clear();
        disturbed();
    }

    void registered(String name) {
        probes.put(name, new Tally());
    }

    void probed(String name, ProbeResult result) {
        Tally tally = probes.get(name);
        if (tally != null) {
            boolean passed = result instanceof ProbeResult.Passed;
            tally.passes = passed ? tally.passes + 1 : 0;
            tally.failures = passed ? 0 : tally.failures + 1;
        }
    }

    void died(String name) {
        Tally tally = probes.get(name);
        if (tally != null) {
            tally.died = true;
        }
    }

    /** A fault, or the end of one, or a wish of the user's. */
    void disturbed() {
        lastDisturbance = time.elapsed();
        lookedAtRecovery = false;
        faults.addLast(time.elapsed());
    }

    /** No flapping: each change of state has as many probes behind it as the thresholds ask for, or a death. */
    void changed(TargetGroup.Transition transition) {
        String name = transition.target().name();
        Tally tally = probes.get(name);
        TargetState from = transition.from().state();
        switch (transition.to().state()) {
            case HEALTHY -> {
                haveServed.add(name);
                int needed = from == TargetState.INITIAL ? 1 : scenario.check().healthyThreshold();
                require(
                        tally.passes >= needed,
                        "no flapping without a cause",
                        name + " became healthy from " + from.word() + " after " + tally.passes + " passes");
            }
            case UNHEALTHY ->
                require(
                        tally.died || tally.failures >= scenario.check().unhealthyThreshold(),
                        "no flapping without a cause",
                        name + " became unhealthy from " + from.word() + " after " + tally.failures + " failures");
            case DRAINING, UNUSED -> leftAt.putIfAbsent(name, time.elapsed());
            case INITIAL -> leftAt.remove(name);
        }
    }

    /** No traffic to a target that is leaving or gone, but for the moment that nginx needs to hear of it. */
    void traffic(ControlPlane lab) {
        if (!lab.isUp()) {
            return;
        }
        Map<Target, TargetHealth> health = lab.balancer().decisions().health();
        for (Target target : network.served().reserve()) {
            requireMember(target, health.get(target));
        }
        for (var share : network.served().shares()) {
            requireMember(share.target(), health.get(share.target()));
        }
    }

    private void requireMember(Target target, TargetHealth health) {
        if (health == null || health.state() == TargetState.DRAINING) {
            long since = time.elapsed() - leftAt.getOrDefault(target.name(), labBegan);
            require(
                    since <= SimulatedBalancer.SLOWEST_RELOAD,
                    "no traffic to a drained or unregistered target",
                    "nginx serves " + target.name() + " " + since + " ms after it left");
        }
    }

    /** Looks at each decision before it is carried out. */
    InstanceActions watching(InstanceActions actions, ControlPlane lab) {
        return new InstanceActions() {
            @Override
            public void launch(Decision.Launch launch) {
                launching(launch, lab);
                actions.launch(launch);
            }

            @Override
            public void start(Decision.Start start) {
                actions.start(start);
            }

            @Override
            public void stop(Decision.Stop stop) {
                actions.stop(stop);
            }

            @Override
            public void register(Decision.Register register) {
                registered(register.instance());
                actions.register(register);
            }

            @Override
            public void deregister(Decision.Deregister deregister) {
                actions.deregister(deregister);
            }

            @Override
            public void terminate(Decision.Terminate terminate) {
                terminating(terminate, lab);
                actions.terminate(terminate);
            }
        };
    }

    private void launching(Decision.Launch launch, ControlPlane lab) {
        if (!launch.warm()) {
            int capacity = capacity(lab.group().instances());
            int max = lab.group().ask(AutoScalingGroup::size).max();
            // An instance refresh with a maximum of 150 % goes half of the desired capacity beyond.
            int beyond = Math.max(1, lab.group().ask(AutoScalingGroup::isRefreshing) ? max / 2 : max / 10);
            require(
                    capacity <= max + beyond,
                    "never above the maximum, but for what balancing needs",
                    capacity + " instances with a maximum of " + max);
        }
        launchedAt.put(launch.instance(), time.elapsed());
        launches.addLast(time.elapsed());
        forget(launches);
        forget(faults);
        int pool = scenario.group()
                .warmPool()
                .map(it -> it.size(0, scenario.group().size().max() + 3))
                .orElse(0);
        int perFault = 2 + (scenario.group().size().max() + pool) / 3;
        int bound = (scenario.zones().size() + 1) * RETRIES + (1 + faults.size()) * perFault;
        require(
                launches.size() <= bound,
                "no storm of launches",
                launches.size() + " launches in an hour with " + faults.size() + " faults, at most " + bound);
    }

    private void forget(Deque<Long> times) {
        while (!times.isEmpty() && times.getFirst() < time.elapsed() - HOUR) {
            times.removeFirst();
        }
    }

    /** Scaling in and balancing leave as many in service as are desired. */
    private void terminating(Decision.Terminate terminate, ControlPlane lab) {
        boolean replaces = !terminate.why().contains("shrinking the capacity");
        int left = lab.group().ask(group -> capacity(group.instances()));
        int desired = lab.group().ask(AutoScalingGroup::desiredCapacity);
        require(
                replaces || left >= desired,
                "scaling in stops at the desired capacity",
                left + " left of " + desired + " when " + terminate.instance() + " goes");
        noteDesired(desired);
        if (terminate.why().contains("shrinking the capacity")) {
            requireThatNewcomersServe(terminate.instance(), lab.group().instances(), desired);
        }
    }

    /**
     * Who makes room for newcomers, of a balanced zone or of a refresh, waits until they serve. A wish for fewer does not ask
     * for that, as on AWS; and without the balancer's checks nobody knows.
     */
    private void requireThatNewcomersServe(String leaving, List<GroupInstance> instances, int desired) {
        if (scenario.group().healthCheckType() == HealthCheckType.EC2) {
            return;
        }
        List<GroupInstance> unserved = instances.stream()
                .filter(it -> capacity(List.of(it)) == 1 && !haveServed.contains(it.name()))
                .toList();
        boolean wished = unserved.stream().anyMatch(it -> launchedAt.getOrDefault(it.name(), 0L) <= lastLowered);
        int served = capacity(instances) - unserved.size();
        require(
                wished || served >= desired - 1,
                "who serves stays until newcomers serve",
                served + " of " + desired + " have ever served when " + leaving + " goes: " + instances);
    }

    private void noteDesired(int desired) {
        if (desired < lastDesired) {
            lastLowered = time.elapsed();
        }
        if (desired != lastDesired) {
            lastDesired = desired;
            disturbed();
        }
    }

    private static int capacity(List<GroupInstance> instances) {
        int count = 0;
        for (GroupInstance it : instances) {
            switch (it.state()) {
                case PENDING, PENDING_WAIT, IN_SERVICE -> count++;
                case STANDBY,
                        TERMINATING,
                        TERMINATING_WAIT,
                        TERMINATED,
                        WARMED_PENDING,
                        WARMED_STOPPED,
                        WARMED_RUNNING,
                        WARMED_TERMINATING -> {
                    // counts not
                }
            }
        }
        return count;
    }

    /** When nothing has happened for long enough, as many serve as the zones that are left allow. */
    void recovered(ControlPlane lab) {
        if (!lab.isUp()) {
            return;
        }
        int desired = lab.group().ask(AutoScalingGroup::desiredCapacity);
        noteDesired(desired);
        if (time.elapsed() - lastDisturbance < scenario.recovery()) {
            return;
        }
        lookedAtRecovery = true;
        long zones = scenario.zones().stream().filter(it -> !engine.isLost(it)).count();
        long allowed = zones == 0 ? 0 : Math.min(desired, zones * scenario.zoneCapacity());
        long serving = lab.group().instances().stream().filter(it -> serves(it)).count();
        require(
                serving >= allowed,
                "never below what the zones that are left allow",
                serving + " serve, " + desired + " are desired and " + allowed + " possible: "
                        + lab.group().instances());
    }

    /** Without a cause the desired capacity rests, and so that it was looked at whether the group has recovered. */
    void afterARest() {
        require(
                lookedAtRecovery,
                "without a cause nothing changes",
                "the last change was " + (time.elapsed() - lastDisturbance) + " ms ago");
    }

    private boolean serves(GroupInstance instance) {
        SimulatedInstance real = engine.named(instance.name());
        boolean nobodyAsks = scenario.group().healthCheckType() == HealthCheckType.EC2;
        return instance.state() == LifecycleState.IN_SERVICE
                && real != null
                && (real.answers(time.elapsed()) || nobodyAsks && real.isSick());
    }

    /** After the last fault and a long quiet time everything is as it shall be. */
    void atTheEnd(ControlPlane lab) {
        List<GroupInstance> instances = lab.group().instances();
        int desired = lab.group().ask(AutoScalingGroup::desiredCapacity);
        List<GroupInstance> inService = instances.stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                .toList();
        require(inService.size() == desired, "desired = actual in the end", inService.size() + " of " + desired);
        require(
                instances.size()
                        == desired
                                + instances.stream()
                                        .filter(it -> it.state() == LifecycleState.WARMED_RUNNING
                                                || it.state() == LifecycleState.WARMED_STOPPED)
                                        .count(),
                "nothing is under way in the end",
                instances.toString());
        require(
                engine.instances().size() == instances.size(),
                "every instance is somebody's in the end",
                engine.instances().size() + " run, the group knows " + instances.size());
        zonesAreEven(inService);
        Set<String> served = new TreeSet<>();
        network.served().targets().forEach(it -> served.add(it.name()));
        Set<String> wanted = new TreeSet<>();
        inService.forEach(it -> wanted.add(it.name()));
        require(served.equals(wanted), "nginx serves who is in service in the end", served + " of " + wanted);
        require(
                inService.stream().allMatch(it -> engine.named(it.name()).answers(time.elapsed())),
                "who is in service answers in the end",
                inService.toString());
    }

    private void zonesAreEven(List<GroupInstance> inService) {
        Map<Zone, Integer> counts = new HashMap<>();
        scenario.zones().forEach(zone -> counts.put(zone, 0));
        inService.forEach(it -> counts.merge(it.zone(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(it -> it).max().orElse(0);
        int fewest = counts.values().stream().mapToInt(it -> it).min().orElse(0);
        require(most - fewest <= 1, "zones are even in the end", inService.toString());
    }
}
