package io.failoverlab.environment;

import io.failoverlab.autoscaling.Activity;
import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.autoscaling.RefreshPreferences;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.topology.GroupSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Changes of an Auto Scaling group by hand: asks for them, and waits until as many are in service as are desired. */
final class GroupChanges {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(120);

    private final Fleet fleet;
    private final GroupController controller;
    private final LabScheduler scheduler;

    GroupChanges(Fleet fleet, GroupController controller, LabScheduler scheduler) {
        this.fleet = fleet;
        this.controller = controller;
        this.scheduler = scheduler;
    }

    /**
     * Sets the desired capacity and waits until that many are in service, and no other.
     *
     * @param min of the group from now on; empty leaves it
     * @param max of the group from now on; empty leaves it
     * @return what was done, in lines
     * @throws IllegalArgumentException outside the group's limits
     * @throws io.failoverlab.document.InvalidInput if there are not enough addresses, or not enough memory
     */
    List<String> scaleTo(int desired, OptionalInt min, OptionalInt max, BooleanSupplier inService) {
        GroupSize now = controller.ask(AutoScalingGroup::size);
        GroupSize limits = min.isEmpty() && max.isEmpty()
                ? now
                : new GroupSize(min.orElse(now.min()), desired, max.orElse(now.max()));
        max.ifPresent(fleet.topology()::withWeb);
        fleet.requireRoomFor(ScalingPlan.of(fleet.topology().zones(), fleet.wanted(), Set.of(), desired)
                .launches());
        return settled(
                () -> controller.tell((group, at) -> {
                    group.setLimits(limits.min(), limits.max(), at);
                    group.setDesiredCapacity(desired, at);
                }),
                inService);
    }

    /** Replaces every instance, one more than desired at a time, and waits until that is done. */
    List<String> refresh(BooleanSupplier inService) {
        int oneMore =
                Math.min(200, 100 + Math.ceilDiv(100, Math.max(1, controller.ask(AutoScalingGroup::desiredCapacity))));
        RefreshPreferences how = new RefreshPreferences(100, oneMore);
        return settled(() -> controller.tell((it, now) -> it.startInstanceRefresh(how, now)), inService);
    }

    private List<String> settled(Runnable change, BooleanSupplier inService) {
        Instant asked = scheduler.instant();
        change.run();
        boolean done = scheduler
                .await(SETTLE_LIMIT, () -> areDone() && inService.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
        List<String> lines = new ArrayList<>();
        for (Activity it : controller.ask(AutoScalingGroup::activities).reversed()) {
            if (!it.start().isBefore(asked)) {
                lines.add("%s (%s): %s %s%s"
                        .formatted(
                                it.description(), it.instance(), it.status().word(), it.statusMessage(), it.details())
                        .strip());
            }
        }
        if (!done) {
            throw new EnvironmentFailed(
                    "expected " + controller.ask(AutoScalingGroup::name)
                            + " to have as many instances in service as desired within " + SETTLE_LIMIT.toSeconds()
                            + " s, found " + controller.instances() + "; it goes on trying",
                    lines,
                    null);
        }
        return lines;
    }

    boolean areDone() {
        return controller.ask(group -> areDone(group.instances(), group.desiredCapacity()) && !group.isRefreshing());
    }

    /** Whether as many serve as are desired, and no other comes or goes; some may wait in the pool or stand by. */
    static boolean areDone(List<GroupInstance> instances, int desired) {
        long serving = instances.stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                .count();
        long apart = instances.stream()
                .filter(it -> it.state() == LifecycleState.STANDBY
                        || it.state().word().startsWith("Warmed:"))
                .count();
        return serving == desired && serving + apart == instances.size();
    }

    /** Ends an instance refresh where it is; what it has replaced stays. */
    void cancelRefresh() {
        if (!controller.ask(AutoScalingGroup::isRefreshing)) {
            throw new IllegalArgumentException("expected an instance refresh of "
                    + controller.ask(AutoScalingGroup::name) + " under way, found none");
        }
        controller.tell(AutoScalingGroup::cancelInstanceRefresh);
    }
}
