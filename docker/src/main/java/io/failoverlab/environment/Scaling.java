package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetState;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Changes of the fleet by hand: to a number, or one instance after the other. One change at a time; a second one is refused
 * while the first goes on.
 */
public final class Scaling {
    private static final Duration IN_SERVICE_LIMIT = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final Environment environment;
    private final LabScheduler scheduler;
    private final ReentrantLock change = new ReentrantLock();

    Scaling(Environment environment, Fleet fleet, LabScheduler scheduler) {
        this.environment = environment;
        this.fleet = fleet;
        this.scheduler = scheduler;
    }

    /**
     * Launches or terminates web servers until there are as many as desired, and waits until the new ones are in service
     * and the old ones gone.
     *
     * @return what was done, in lines
     * @throws IllegalArgumentException if it cannot be done; nothing is changed then
     * @throws EnvironmentFailed if a new one does not come into service; it is left for a look
     */
    public List<String> scaleTo(int desired) {
        return scaleTo(desired, OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * As {@link #scaleTo(int)}, with other limits of the Auto Scaling group.
     *
     * @param min empty leaves it
     * @param max empty leaves it
     */
    public List<String> scaleTo(int desired, OptionalInt min, OptionalInt max) {
        return alone(() -> {
            Topology topology = fleet.topology();
            Topology.requireWebCount(topology.name(), desired);
            if (environment.group().isPresent()) {
                return environment.group().get().changes().scaleTo(desired, min, max, environment::isInService);
            }
            if (min.isPresent() || max.isPresent()) {
                environment.requireGroup();
            }
            ScalingPlan plan = ScalingPlan.of(topology.zones(), fleet.wanted(), fleet.protectedNames(), desired);
            fleet.requireRoomFor(plan.launches());
            List<String> lines = new ArrayList<>(together(plan.launches(), this::launch).stream()
                    .map(LaunchSteps::toString)
                    .toList());
            lines.addAll(together(plan.terminations(), name -> terminate(name, "scaled in to " + desired)));
            return lines;
        });
    }

    /**
     * Replaces every web server by a new one in the same zone, one after the other, as an instance refresh with a minimum
     * healthy percentage of 100: the new one is in service before the old one leaves.
     *
     * @return what was done, in lines
     * @throws IllegalArgumentException if it cannot be done; nothing is changed then
     * @throws EnvironmentFailed if a new one does not come into service; the old ones that are left go on
     */
    public List<String> refresh() {
        return alone(() -> {
            if (environment.group().isPresent()) {
                return environment.group().get().changes().refresh(environment::isInService);
            }
            List<Instance> old = fleet.wanted();
            old.forEach(it -> fleet.requireUnprotected(it.name()));
            List<String> lines = new ArrayList<>();
            List<CompletableFuture<String>> leaving = new ArrayList<>();
            for (Instance it : old) {
                lines.add(launch(it.zone()).toString());
                requireOthersInService(it);
                leaving.add(async(() -> terminate(it.name(), "replaced by an instance refresh")));
            }
            leaving.forEach(it -> lines.add(join(it)));
            return lines;
        });
    }

    /**
     * Ends an instance refresh of the Auto Scaling group where it is.
     *
     * @throws IllegalArgumentException if there is no group, or none is under way
     */
    public void cancelRefresh() {
        environment.requireGroup().changes().cancelRefresh();
    }

    /** Whoever fell ill meanwhile must have recovered before one more leaves. */
    private void requireOthersInService(Instance leaving) {
        boolean enough = scheduler
                .await(
                        IN_SERVICE_LIMIT,
                        () -> othersOutOfService(leaving).isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!enough) {
            throw new EnvironmentFailed(
                    "expected every web server in service before " + leaving.name() + " leaves, found "
                            + othersOutOfService(leaving).stream()
                                    .map(name -> name + " " + environment.describeTarget(name))
                                    .collect(Collectors.joining(", "))
                            + "; the refresh ends here, `lab status` shows what there is",
                    List.of(),
                    null);
        }
    }

    private List<String> othersOutOfService(Instance leaving) {
        return environment.outOfService().stream()
                .filter(name -> !name.equals(leaving.name()))
                .toList();
    }

    /**
     * TerminateInstances: one web server, unless it is protected.
     *
     * @throws IllegalArgumentException with the reason if it may not be
     */
    public String terminate(String name) {
        fleet.requireUnprotected(name);
        return terminate(name, "terminated by hand");
    }

    private String terminate(String name, String cause) {
        String id = fleet.instance(name).id();
        Instant since = scheduler.instant();
        fleet.terminate(name, cause);
        return name + " (" + id + ") terminated after "
                + Duration.between(since, scheduler.instant()).toSeconds() + " s: deregistered, drained, shut down";
    }

    private LaunchSteps launch(Zone zone) {
        Instant asked = scheduler.instant();
        Ec2Instance instance = fleet.launch(zone);
        Instant passed = await(instance, this::isHealthy);
        Instant served = await(instance, name -> !environment.outOfService().contains(name));
        Instant started = instance.container().startedAt().orElse(asked);
        return new LaunchSteps(
                instance.name(), LaunchSteps.Origin.NOTHING, Optional.empty(), asked, started, passed, served);
    }

    private boolean isHealthy(String name) {
        return environment.targets().entrySet().stream()
                .anyMatch(it -> isNamed(it.getKey(), name) && it.getValue().state() == TargetState.HEALTHY);
    }

    private static boolean isNamed(Target target, String name) {
        return target.name().equals(name);
    }

    private Instant await(Ec2Instance instance, Predicate<String> done) {
        boolean in = scheduler
                .await(IN_SERVICE_LIMIT, () -> done.test(instance.name()) ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!in) {
            throw new EnvironmentFailed(
                    "expected " + instance.name() + " to be in service within " + IN_SERVICE_LIMIT.toSeconds()
                            + " s, found it " + environment.describeTarget(instance.name()) + "; `lab logs "
                            + instance.name() + "` shows its log, `lab terminate " + instance.name() + "` removes it",
                    instance.container().lastLogLines(20),
                    null);
        }
        return scheduler.instant();
    }

    private static <A, B> List<B> together(List<A> all, Function<A, B> work) {
        List<CompletableFuture<B>> underWay =
                all.stream().map(it -> async(() -> work.apply(it))).toList();
        // All of them end before the first failure is told.
        underWay.forEach(it -> it.handle((result, failure) -> result).join());
        return underWay.stream().map(Scaling::join).toList();
    }

    private static <T> CompletableFuture<T> async(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofVirtual().name("scaling").start(task));
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private <T> T alone(Supplier<T> work) {
        if (!change.tryLock()) {
            throw new IllegalArgumentException(
                    "expected no other change of the fleet under way, found one; `lab status` shows it, try again then");
        }
        try {
            return work.get();
        } finally {
            change.unlock();
        }
    }
}
