package io.failoverlab.environment;

import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Carries a group's decisions out on the fleet, the long ones on threads of their own, and tells what came of them. */
final class FleetActions implements InstanceActions, AutoCloseable {
    /** A launch that is under way when the group ends must not leave a container behind. */
    private static final Duration LAUNCH_LIMIT = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final LabScheduler scheduler;
    private final Consumer<Consumer<GroupController>> facts;
    private final Consumer<String> trouble;
    private final Set<String> launching = ConcurrentHashMap.newKeySet();
    private final Map<String, Begun> unserved = new ConcurrentHashMap<>();
    private final List<LaunchSteps> launches = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private record Begun(Instant asked, Optional<Instant> started) {}

    FleetActions(
            Fleet fleet, LabScheduler scheduler, Consumer<Consumer<GroupController>> facts, Consumer<String> trouble) {
        this.fleet = fleet;
        this.scheduler = scheduler;
        this.facts = facts;
        this.trouble = trouble;
    }

    @Override
    public void launch(Decision.Launch launch) {
        String name = launch.instance();
        Instant asked = scheduler.instant();
        launching.add(name);
        scheduler.launch(() -> {
            try {
                if (closed) {
                    return;
                }
                Ec2Instance instance = fleet.launch(name, launch.instanceId(), launch.zone());
                if (!launch.warm()) {
                    unserved.put(name, new Begun(asked, instance.container().startedAt()));
                }
                if (instance.state() == InstanceState.RUNNING) {
                    facts.accept(it -> it.running(name));
                } else {
                    facts.accept(it -> it.gone(name, "it ended while it started"));
                }
            } catch (RuntimeException failure) {
                facts.accept(it -> it.launchFailed(name, failure.getMessage()));
            } finally {
                launching.remove(name);
            }
        });
    }

    @Override
    public void start(Decision.Start start) {
        String name = start.instance();
        Instant asked = scheduler.instant();
        attempt(name, "could not be started", () -> {
            Ec2Instance instance = fleet.instance(name);
            instance.start();
            unserved.put(name, new Begun(asked, instance.container().startedAt()));
            facts.accept(it -> it.running(name));
        });
    }

    @Override
    public void stop(Decision.Stop stop) {
        String name = stop.instance();
        attempt(name, "could not be stopped", () -> {
            fleet.instance(name).stop();
            facts.accept(it -> it.stopped(name));
        });
    }

    /** Where that fails the instance is of no use, and the group gets another one. */
    private void attempt(String name, String problem, Runnable work) {
        scheduler.launch(() -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                facts.accept(it -> it.gone(name, problem + ": " + failure.getMessage()));
            }
        });
    }

    @Override
    public void register(Decision.Register register) {
        fleet.register(register.instance());
    }

    @Override
    public void deregister(Decision.Deregister deregister) {
        fleet.deregister(deregister.instance());
    }

    @Override
    public void terminate(Decision.Terminate terminate) {
        String name = terminate.instance();
        scheduler.launch(() -> {
            try {
                fleet.terminate(name, terminate.why());
            } catch (RuntimeException failure) {
                if (!closed && fleet.find(name).isPresent()) {
                    trouble.accept(name + " is not terminated: " + failure.getMessage());
                }
            }
            facts.accept(it -> it.terminated(name));
        });
    }

    /** The balancer was seen serving these. */
    void serving(Collection<String> names, Instant at) {
        for (String name : names) {
            Begun begun = unserved.remove(name);
            if (begun != null) {
                launches.add(
                        new LaunchSteps(name, begun.asked(), begun.started().orElse(begun.asked()), at, at));
            }
        }
    }

    List<LaunchSteps> launches() {
        return List.copyOf(launches);
    }

    @Override
    public void close() {
        closed = true;
        scheduler.await(LAUNCH_LIMIT, () -> launching.isEmpty() ? Optional.of(true) : Optional.empty());
    }
}
