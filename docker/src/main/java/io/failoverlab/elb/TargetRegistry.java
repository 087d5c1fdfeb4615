package io.failoverlab.elb;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Brings the facts to the {@link TargetGroup} (check results, the engine's reports, connections left, the time) and
 * carries its decisions to nginx.
 */
final class TargetRegistry implements AutoCloseable {
    /** A target that has not answered by then is checked all the same, and its checks tell what is wrong. */
    private static final Duration STARTING_LIMIT = Duration.ofSeconds(60);

    /** A target that is unhealthy is out of nginx's rotation by then, unless it stays in it. */
    private static final Duration LEAVING_LIMIT = Duration.ofSeconds(10);

    /** Steps of a slow start and ends of delays are noticed this often. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final NginxProcess nginx;
    private final LoadBalancer model;
    private final TargetGroup group;
    private final HealthProbe probe;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final Runnable changed;
    private final Map<String, AutoCloseable> checks = new HashMap<>();
    private final Map<String, Instant> firstChecks = new HashMap<>();
    private AutoCloseable ticks = () -> {};
    private boolean closed;

    /** @param changed told after each change of a target's state */
    TargetRegistry(
            NginxProcess nginx,
            LoadBalancer model,
            HealthProbe probe,
            LabScheduler scheduler,
            Telemetry telemetry,
            Runnable changed) {
        this.nginx = nginx;
        this.model = model;
        this.group = new TargetGroup(model.healthCheck(), model.targetGroup());
        this.probe = probe;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.changed = changed;
    }

    synchronized void start() {
        ticks = scheduler.every(TICK, this::tick);
    }

    /**
     * Registers a target of a stack that is being launched. It is checked without pause until it passes for the first time, which
     * is enough to serve: one that still starts would otherwise be found unhealthy and have to pass several checks.
     */
    void registerStarting(Target target) {
        register(target, () -> scheduler.launch(() -> checkFromFirstPassOn(target)));
    }

    /** Registers a target. By AWS's clocks it has to wait for its checks as there, by the lab's it is as one of a launch. */
    void register(Target target) {
        switch (model.timing().clocks()) {
            case LAB -> registerStarting(target);
            case AWS -> register(target, () -> begin(target));
        }
    }

    private void register(Target target, Runnable checks) {
        nginx.pardon(target);
        nginx.open(target);
        decide(() -> group.register(target).stream());
        checks.run();
    }

    /**
     * Registers targets that may be in service already: each is checked before the rotation is decided, so that nginx is never
     * told to leave out one that serves.
     */
    void takeOver(List<Target> targets) {
        Map<Target, ProbeResult> found = new ConcurrentHashMap<>();
        targets.parallelStream().forEach(target -> found.put(target, probe.check(target)));
        Map<Target, ProbeResult> results = new LinkedHashMap<>();
        targets.forEach(target -> results.put(target, found.get(target)));
        decide(() -> group.takeOver(results, scheduler.instant()).stream());
        for (Target target : targets) {
            if (isStarting(target)) {
                scheduler.launch(() -> checkFromFirstPassOn(target));
            } else {
                begin(target);
            }
        }
    }

    private void checkFromFirstPassOn(Target target) {
        Optional<ProbeResult> passed = scheduler.await(STARTING_LIMIT, () -> {
            ProbeResult result = probe.check(target);
            synchronized (this) {
                group.starting(target.name(), result);
            }
            boolean done = result instanceof ProbeResult.Passed || !isStarting(target);
            return done ? Optional.of(result) : Optional.empty();
        });
        boolean starting;
        synchronized (this) {
            starting = isStarting(target);
            if (starting) {
                begin(target);
            }
        }
        if (starting) {
            passed.ifPresent(result -> takeIn(target, result));
        }
    }

    private synchronized void begin(Target target) {
        firstChecks.put(target.name(), scheduler.instant());
        closeQuietly(
                checks.put(target.name(), scheduler.every(model.healthCheck().interval(), () -> check(target))));
    }

    private synchronized boolean isStarting(Target target) {
        TargetHealth health = group.health().get(target);
        return !closed && health != null && health.state() == TargetState.INITIAL;
    }

    private void check(Target target) {
        takeIn(target, probe.check(target));
    }

    private void takeIn(Target target, ProbeResult result) {
        boolean back;
        synchronized (this) {
            // One pass is not enough: it may be an answer from just before the target went.
            back = result instanceof ProbeResult.Passed && group.isAboutToBeHealthy(target.name());
            if (back) {
                nginx.pardon(target);
            }
        }
        if (back) {
            // It takes a while, in which others may go.
            nginx.open(target);
        }
        decide(() -> group.checked(target.name(), result, scheduler.instant()).stream());
    }

    /** When a target is checked for the first time at or after a moment; empty if it is not checked. */
    synchronized Optional<Instant> nextCheck(String name, Instant from) {
        return Optional.ofNullable(firstChecks.get(name))
                .map(first -> model.healthCheck().nextAt(first, from));
    }

    /** Begins to take a target out; it is gone from {@link #health} when its requests have ended, or the delay. */
    void deregister(String name) {
        endChecks(name);
        decide(() -> group.deregister(name, scheduler.instant()).stream());
    }

    private synchronized void endChecks(String name) {
        closeQuietly(checks.remove(name));
        firstChecks.remove(name);
    }

    /** The engine reports an instance's end long before a health check can fail; by AWS's clocks nobody does. */
    void instanceGone(String name, Absence absence, String why) {
        if (model.timing().clocks() == Timing.Clocks.LAB) {
            Optional<Target> gone = target(name);
            decide(() -> group.instanceGone(name, why, scheduler.instant()).stream());
            // Beside the reload that the decision began.
            gone.ifPresent(target -> nginx.abandon(target, absence));
        }
    }

    /** The engine reports the end of an instance that somebody stopped, which is known by AWS's clocks, too. */
    void instanceStopped(String name) {
        Optional<Target> stopped = target(name);
        endChecks(name);
        decide(() -> group.instanceStopped(name, scheduler.instant()).stream());
        if (model.timing().clocks() == Timing.Clocks.LAB) {
            stopped.ifPresent(target -> nginx.abandon(target, Absence.DEAD));
        }
    }

    /** The engine reports that an instance runs again; its checks decide when it gets requests. */
    void instanceBack(String name) {
        target(name).ifPresent(target -> {
            nginx.pardon(target);
            scheduler.launch(() -> nginx.open(target));
        });
        decide(() -> group.instanceStarted(name, scheduler.instant()).stream().peek(it -> {
            switch (model.timing().clocks()) {
                case LAB -> scheduler.launch(() -> checkFromFirstPassOn(it.target()));
                case AWS -> begin(it.target());
            }
        }));
    }

    private Optional<Target> target(String name) {
        return health().keySet().stream()
                .filter(target -> target.name().equals(name))
                .findFirst();
    }

    private void tick() {
        for (Target target : leaving()) {
            if (nginx.isFree(target)) {
                decide(() -> group.drained(target.name()).stream());
            }
        }
        List<Target> before = leaving();
        decide(() -> group.endDelays(scheduler.instant()).stream());
        before.stream().filter(target -> !leaving().contains(target)).forEach(nginx::cut);
        synchronized (this) {
            nginx.serve(group.rotation(scheduler.instant()));
        }
    }

    private List<Target> leaving() {
        return health().entrySet().stream()
                .filter(entry -> entry.getValue().state() == TargetState.DRAINING)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void decide(Supplier<Stream<TargetGroup.Transition>> decision) {
        synchronized (this) {
            List<TargetGroup.Transition> transitions =
                    closed ? List.of() : decision.get().toList();
            if (transitions.isEmpty()) {
                return;
            }
            transitions.forEach(it -> telemetry.happened(eventOf(it)));
            // Within the lock, so that an older decision cannot arrive after a newer one.
            nginx.serve(group.rotation(scheduler.instant()));
            transitions.stream()
                    .filter(it ->
                            model.type() == BalancerType.NETWORK && it.to().state() == TargetState.UNHEALTHY)
                    .forEach(it -> scheduler.launch(() -> resetClientsOf(it.target())));
        }
        changed.run();
    }

    /** Not before it gets no new connections, and never while the balancer fails open: then it has nobody else. */
    private void resetClientsOf(Target lost) {
        scheduler
                .await(LEAVING_LIMIT, () -> nginx.serving().contains(lost) ? Optional.empty() : Optional.of(true))
                .ifPresent(out -> nginx.reset(lost));
    }

    private StackEvent eventOf(TargetGroup.Transition transition) {
        Target target = transition.target();
        return new StackEvent.TargetStateChanged(
                scheduler.instant(),
                target.name(),
                target.instanceId(),
                target.zone(),
                transition.from().state().word(),
                transition.to().state().word(),
                transition.to().reasonCode(),
                transition.to().description());
    }

    /** Every registered target with its health. */
    synchronized Map<Target, TargetHealth> health() {
        return group.health();
    }

    /** Whether requests go to unhealthy targets now, since none is healthy. */
    synchronized boolean failsOpen() {
        return group.failsOpen();
    }

    /** How many targets have a share of the requests now. */
    synchronized int inRotation() {
        return group.rotation(scheduler.instant()).shares().size();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            closeQuietly(ticks);
            checks.values().forEach(TargetRegistry::closeQuietly);
        }
        probe.close();
    }

    private static void closeQuietly(AutoCloseable timer) {
        try {
            if (timer != null) {
                timer.close();
            }
        } catch (Exception ended) {
            throw new IllegalStateException("a timer could not be stopped", ended);
        }
    }
}
