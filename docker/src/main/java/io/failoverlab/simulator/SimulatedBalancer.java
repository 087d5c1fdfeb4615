package io.failoverlab.simulator;

import io.failoverlab.elb.ProbeResult;
import io.failoverlab.elb.Rotation;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.simulator.SimulatedInstance.Life;
import io.failoverlab.topology.HealthCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Probes, target group and nginx of one lab, as the registry of the real one brings them together. */
final class SimulatedBalancer {
    /** Between two checks of a target that has not answered yet. */
    private static final long FIRST_CHECKS = 200;

    private static final long STARTING_LIMIT = 60_000;

    /** From a decision to the moment nginx works by it. */
    static final long SLOWEST_RELOAD = 80;

    /** Who is told what the target group finds. */
    interface Listener {
        void changed(SimulatedInstance instance, TargetGroup.Transition transition);
    }

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Journal journal;
    private final Network network;
    private final HealthCheck check;
    private final TargetDecisions decisions;
    private final Invariants rules;
    private final Listener listener;
    private final Map<String, SimulatedInstance> members = new HashMap<>();
    /** Which loop of checks is the current one, by name. */
    private final Map<String, Integer> loops = new HashMap<>();

    private final Map<String, Long> drainedAt = new HashMap<>();
    private final Map<String, List<Runnable>> whenGone = new HashMap<>();
    private Rotation wanted;
    private boolean reloading;
    private int loop;
    private boolean closed;

    /** What is between probes and instances, and what nginx serves: both outlive a lab. */
    static final class Network {
        private Rotation served;
        private double loss;

        Network(Rotation served) {
            this.served = served;
        }

        Rotation served() {
            return served;
        }

        void loseProbes(double share) {
            loss = share;
        }
    }

    SimulatedBalancer(
            SimulatedTime time,
            RandomGenerator random,
            Journal journal,
            Network network,
            HealthCheck check,
            TargetDecisions decisions,
            Invariants rules,
            Listener listener) {
        this.time = time;
        this.random = random;
        this.journal = journal;
        this.network = network;
        this.check = check;
        this.decisions = decisions;
        this.rules = rules;
        this.listener = listener;
        this.wanted = network.served();
    }

    TargetDecisions decisions() {
        return decisions;
    }

    void register(SimulatedInstance instance) {
        members.put(instance.name, instance);
        drainedAt.remove(instance.name);
        take(decisions.register(instance.target));
        firstCheck(instance, begin(instance), time.elapsed() + STARTING_LIMIT);
    }

    /** As the real one does it: who passes at once is healthy before a rotation is decided. */
    void takeOver(List<SimulatedInstance> running) {
        Map<Target, ProbeResult> results = new LinkedHashMap<>();
        for (SimulatedInstance instance : running) {
            members.put(instance.name, instance);
            rules.registered(instance.name);
            ProbeResult result = probe(instance);
            rules.probed(instance.name, result);
            results.put(instance.target, result);
        }
        decisions.takeOver(results, time.instant()).forEach(this::tell);
        serve();
        for (SimulatedInstance instance : running) {
            firstCheck(instance, begin(instance), time.elapsed() + STARTING_LIMIT);
        }
    }

    private int begin(SimulatedInstance instance) {
        loops.put(instance.name, ++loop);
        return loop;
    }

    private boolean isCurrent(SimulatedInstance instance, int number) {
        Integer current = loops.get(instance.name);
        return !closed && current != null && current == number;
    }

    private void firstCheck(SimulatedInstance instance, int number, long limit) {
        if (!isCurrent(instance, number)) {
            return;
        }
        ProbeResult result = probe(instance);
        boolean passed = result instanceof ProbeResult.Passed;
        if (passed || time.elapsed() >= limit) {
            regularCheck(instance, number);
        } else {
            decisions.starting(instance.name, result);
            time.after(FIRST_CHECKS, () -> firstCheck(instance, number, limit));
        }
    }

    private void regularCheck(SimulatedInstance instance, int number) {
        if (!isCurrent(instance, number)) {
            return;
        }
        ProbeResult result = probe(instance);
        if (result instanceof ProbeResult.TimedOut) {
            time.after(check.timeout().toMillis(), () -> found(instance, number, result));
        } else {
            found(instance, number, result);
        }
        time.after(check.interval().toMillis(), () -> regularCheck(instance, number));
    }

    private void found(SimulatedInstance instance, int number, ProbeResult result) {
        if (isCurrent(instance, number)) {
            rules.probed(instance.name, result);
            take(decisions.checked(instance.name, result, time.instant()));
        }
    }

    private ProbeResult probe(SimulatedInstance instance) {
        if (network.loss > 0 && random.nextDouble() < network.loss || instance.isHung()) {
            return new ProbeResult.TimedOut(check.timeout());
        }
        if (instance.isSick()) {
            return new ProbeResult.WrongCode("200", 503);
        }
        return instance.answers(time.elapsed())
                ? new ProbeResult.Passed()
                : new ProbeResult.Failed("connection refused");
    }

    void deregister(String name) {
        loops.remove(name);
        SimulatedInstance instance = members.get(name);
        if (instance != null) {
            boolean stuck = instance.isHung();
            drainedAt.put(name, stuck ? Long.MAX_VALUE : time.elapsed() + random.nextLong(0, 3_000));
            if (instance.is(Life.DEAD)) {
                drainedAt.put(name, time.elapsed());
            }
        }
        take(decisions.deregister(name, time.instant()));
    }

    /** Runs it as soon as the target group does not know the target any more. */
    void whenGone(String name, Runnable then) {
        if (isKnown(name)) {
            whenGone.computeIfAbsent(name, key -> new ArrayList<>()).add(then);
        } else {
            then.run();
        }
    }

    private boolean isKnown(String name) {
        for (Target target : decisions.health().keySet()) {
            if (target.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    void instanceGone(String name) {
        rules.died(name);
        take(decisions.instanceGone(name, "the instance died", time.instant()));
    }

    void tick() {
        for (Map.Entry<Target, TargetHealth> entry : decisions.health().entrySet()) {
            String name = entry.getKey().name();
            if (entry.getValue().state() == TargetState.DRAINING
                    && time.elapsed() >= drainedAt.getOrDefault(name, 0L)) {
                take(decisions.drained(name));
            }
        }
        decisions.endDelays(time.instant()).forEach(this::tell);
        serve();
    }

    private void take(Optional<TargetGroup.Transition> transition) {
        if (transition.isPresent()) {
            tell(transition.get());
            serve();
        }
    }

    private void tell(TargetGroup.Transition transition) {
        String name = transition.target().name();
        journal.tell("target " + name + ": " + transition.from().state().word() + " -> "
                + transition.to().state().word());
        rules.changed(transition);
        SimulatedInstance instance = members.get(name);
        if (transition.to().state() == TargetState.UNUSED) {
            members.remove(name);
            loops.remove(name);
            List<Runnable> then = whenGone.remove(name);
            if (then != null) {
                then.forEach(Runnable::run);
            }
        } else if (instance != null) {
            listener.changed(instance, transition);
        }
    }

    /** What is wanted when nginx gets to it is what it serves; changes in between share a reload. */
    private void serve() {
        Rotation next = decisions.rotation(time.instant());
        if (next.equals(wanted)) {
            return;
        }
        wanted = next;
        if (!reloading) {
            reloading = true;
            time.after(random.nextLong(10, SLOWEST_RELOAD), this::reload);
        }
    }

    private void reload() {
        reloading = false;
        if (!closed) {
            network.served = wanted;
            journal.tell("nginx serves "
                    + wanted.targets().stream().map(Target::name).toList());
        }
    }

    void close() {
        closed = true;
    }
}
