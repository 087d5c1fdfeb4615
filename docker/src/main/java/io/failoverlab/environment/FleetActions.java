package io.failoverlab.environment;

import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.autoscaling.Upcoming;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Carries a group's decisions out on the fleet, the long ones on threads of their own, and tells what came of them. */
final class FleetActions implements InstanceActions, AutoCloseable {
    /** A launch that is under way when the group ends must not leave a container behind. */
    private static final Duration LAUNCH_LIMIT = Duration.ofSeconds(30);

    /** Beyond AWS's deregistration delay and the time that a shutdown takes. */
    private static final Duration TERMINATION_LIMIT = Duration.ofMinutes(10);

    private final Fleet fleet;
    private final LabScheduler scheduler;
    private final Consumer<Consumer<GroupController>> facts;
    private final Consumer<String> trouble;
    private final Set<String> launching = ConcurrentHashMap.newKeySet();
    private final Set<String> preparing = ConcurrentHashMap.newKeySet();
    private final LaunchRecord launches;
    private volatile boolean closed;

    FleetActions(
            Fleet fleet,
            LabScheduler scheduler,
            LaunchRecord launches,
            Consumer<Consumer<GroupController>> facts,
            Consumer<String> trouble) {
        this.fleet = fleet;
        this.scheduler = scheduler;
        this.launches = launches;
        this.facts = facts;
        this.trouble = trouble;
    }

    @Override
    public void launch(Decision.Launch launch) {
        String name = launch.instance();
        if (!launch.warm()) {
            launches.asked(
                    name,
                    fleet.prepared().contains(name) ? LaunchSteps.Origin.PREPARED : LaunchSteps.Origin.NOTHING,
                    scheduler.instant());
        }
        launching.add(name);
        scheduler.launch(() -> {
            try {
                if (closed) {
                    return;
                }
                Ec2Instance instance = fleet.launch(name, launch.instanceId(), launch.zone());
                launches.started(name, scheduler.instant());
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
        launches.asked(name, LaunchSteps.Origin.STOPPED, scheduler.instant());
        attempt(name, "could not be started", () -> {
            fleet.room.requireZone(fleet.instance(name).zone());
            fleet.instance(name).start();
            launches.started(name, scheduler.instant());
            facts.accept(it -> it.running(name));
        });
    }

    @Override
    public void stop(Decision.Stop stop) {
        String name = stop.instance();
        attempt(name, "could not be stopped", () -> {
            fleet.stop(name);
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
        launches.registered(register.instance(), scheduler.instant());
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
                if (!isTerminatedByOthers(name)) {
                    fleet.terminate(name, terminate.why());
                }
            } catch (RuntimeException failure) {
                if (fleet.find(name).isPresent()) {
                    facts.accept(it -> it.terminationFailed(name, failure.getMessage()));
                    if (!closed) {
                        trouble.accept(name + " is not terminated, and will be tried again: " + failure.getMessage());
                    }
                    return;
                }
            }
            facts.accept(it -> it.terminated(name));
        });
    }

    /** People terminate instances, too; the group hears of that while it goes on. */
    private boolean isTerminatedByOthers(String name) {
        scheduler.await(
                TERMINATION_LIMIT, () -> closed || !fleet.isLeaving(name) ? Optional.of(true) : Optional.empty());
        return fleet.find(name).isEmpty();
    }

    /** Makes ready what the next launches will need. */
    void prepare(Collection<Upcoming> upcoming) {
        for (Upcoming next : upcoming) {
            if (!closed
                    && launching.isEmpty()
                    && !fleet.prepared().contains(next.instance())
                    && preparing.add(next.instance())) {
                scheduler.launch(() -> prepare(next));
            }
        }
    }

    private void prepare(Upcoming next) {
        try {
            // Who closes may have found nothing under way yet.
            if (closed) {
                return;
            }
            fleet.prepare(next.instance(), next.instanceId(), next.zone());
        } catch (InvalidInput full) {
            // The launch will tell.
        } finally {
            preparing.remove(next.instance());
        }
    }

    @Override
    public void close() {
        closed = true;
        scheduler.await(
                LAUNCH_LIMIT, () -> launching.isEmpty() && preparing.isEmpty() ? Optional.of(true) : Optional.empty());
    }
}
