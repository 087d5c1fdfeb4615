package io.failoverlab.autoscaling;

import io.failoverlab.document.Nearest;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An Auto Scaling group: takes in facts, and decides what is to be launched and terminated. {@link #decide} compares what
 * there is with what there shall be, so that a fact that is told twice, or a group that begins anew with what it finds
 * running ({@link #adopt}), does no harm. Does no I/O; time is passed in; not thread-safe. Rules: EC2 Auto Scaling guide,
 * in the version of 2024; each part names its chapter.
 */
public final class AutoScalingGroup {
    private final GroupState group;
    private final Lifecycle lifecycle;
    private final HealthKeeper health;
    private final CapacityKeeper capacity;
    private final PoolKeeper pool;
    private final RefreshKeeper refresh;
    private final Scaling scaling;

    /**
     * What is to be done, in this order, and what was told.
     *
     * @param decisions to be carried out in their order
     * @param events for whoever listens
     */
    public record Outcome(List<Decision> decisions, List<GroupEvent> events) {}

    /**
     * @param zones in the order in which equal ones are preferred
     * @param ids of new instances, such as {@code i-0123…}
     */
    public AutoScalingGroup(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
        this(settings, zones, ids, now, now);
    }

    /**
     * As the other, for a group that somebody else began and goes on now.
     *
     * @param began what scheduled actions count from; what was due until now is over
     */
    public AutoScalingGroup(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant began, Instant now) {
        this.group = new GroupState(settings, zones, ids);
        this.lifecycle = new Lifecycle(group);
        ZoneChoice choice = new ZoneChoice(group);
        this.refresh = new RefreshKeeper(group, lifecycle, choice);
        this.health = new HealthKeeper(group, lifecycle);
        this.capacity = new CapacityKeeper(group, lifecycle, choice, refresh);
        this.pool = new PoolKeeper(group, lifecycle, choice);
        this.scaling = new Scaling(group, began, now);
    }

    /** Takes in an instance that runs and is registered already. */
    public void adopt(String name, String instanceId, Zone zone, Instant now) {
        adopt(name, instanceId, zone, LifecycleState.IN_SERVICE, true, now);
    }

    /**
     * Takes in an instance of a group that another lab kept, where it was. What was under way with it goes on; a hook's time
     * begins anew.
     *
     * @param runs whether it runs now
     */
    public void adopt(String name, String instanceId, Zone zone, LifecycleState state, boolean runs, Instant now) {
        if (group.members.named(name).isEmpty()) {
            int order = group.members.nextOrder();
            lifecycle.adopt(new Member(name, instanceId, zone, group.version(), order, state, now), runs, now);
        }
    }

    /** An instance that was launched or started runs now. */
    public void running(String name, Instant now) {
        group.members.named(name).ifPresent(it -> lifecycle.running(it, now));
    }

    /** A launch came to nothing, and left nothing behind. One that failed to start from the pool is gone. */
    public void launchFailed(String name, String why, Instant now) {
        group.members
                .named(name)
                .filter(it -> it.is(LifecycleState.PENDING) || it.is(LifecycleState.WARMED_PENDING))
                .ifPresent(it -> lifecycle.failed(it, why, now));
    }

    /** An instance does not run any more: it died, was stopped, or was terminated by somebody else. */
    public void gone(String name, String why, Instant now) {
        group.members.named(name).ifPresent(it -> lifecycle.gone(it, why, now));
    }

    /** An instance was stopped. */
    public void stopped(String name, Instant now) {
        group.members
                .named(name)
                .filter(it -> !lifecycle.stopped(it, now))
                .ifPresent(it -> lifecycle.gone(it, "the instance was stopped", now));
    }

    /** An instance is removed. */
    public void terminated(String name, Instant now) {
        group.members.named(name).ifPresent(it -> {
            if (it.state().isLeaving()) {
                lifecycle.terminated(it, now);
            } else {
                lifecycle.gone(it, "the instance was terminated", now);
            }
        });
    }

    /** An instance that was to be removed is still there; that is tried again after a while. */
    public void terminationFailed(String name, String why, Instant now) {
        group.members
                .named(name)
                .filter(it -> it.is(LifecycleState.TERMINATING) || it.is(LifecycleState.WARMED_TERMINATING))
                .ifPresent(it -> lifecycle.terminationFailed(it, why, now));
    }

    /** Status checks of an instance that runs began to fail, or pass again. */
    public void impaired(String name, boolean impaired, Instant now) {
        group.members.named(name).ifPresent(it -> it.impaired(impaired, now));
    }

    /** The target group found an instance healthy or unhealthy; its other states are not for the group. */
    public void targetHealth(String name, boolean healthy) {
        group.members.named(name).ifPresent(it -> it.targetHealth(healthy));
    }

    /**
     * An alarm wants a policy carried out. AWS repeats that every minute while the alarm lasts.
     *
     * @param distance of the metric from the alarm's threshold
     * @throws IllegalArgumentException if there is no such policy
     */
    public ScalingOutcome execute(String policy, String alarm, double distance, Instant now) {
        List<String> names = group.settings.rules().policies().stream()
                .map(ScalingPolicy::name)
                .toList();
        ScalingPolicy found = group.settings.rules().policies().stream()
                .filter(it -> it.name().equals(policy))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a policy of " + group.settings.name()
                        + ", found " + policy + "; " + Nearest.hint(policy, names)));
        return scaling.execute(found, alarm, distance, now);
    }

    /** The alarms of the target tracking policies. */
    public List<TrackingAlarm> trackingAlarms() {
        return scaling.alarms();
    }

    /** From now on target tracking acts on {@link #fired}, not on {@link #measured}. */
    public void leaveTrackingToAlarms() {
        scaling.alarmsDecide();
    }

    /**
     * An alarm of a target tracking policy fired.
     *
     * @param load the metric as a part of the policy's target, 1 being as much
     */
    public ScalingOutcome fired(TrackingAlarm alarm, double load, Instant now) {
        return scaling.fired(alarm, load, now);
    }

    /** A datapoint of the group's average, for the policies that track it; one per metric period. */
    public void measured(ScalingPolicy.Metric metric, double value, Instant now) {
        scaling.measured(metric, value, now);
    }

    /** @throws IllegalArgumentException outside the group's limits, as on AWS */
    public void setDesiredCapacity(int desired, Instant now) {
        if (desired < group.min() || desired > group.max()) {
            throw new IllegalArgumentException(
                    "expected a desired capacity of %d to %d for %s, found %d; `lab scale web %d %s %d` changes the limit, too"
                            .formatted(
                                    group.min(),
                                    group.max(),
                                    group.settings.name(),
                                    desired,
                                    desired,
                                    desired < group.min() ? "--min" : "--max",
                                    desired));
        }
        group.desire(desired, "a user request explicitly set group desired capacity", now);
    }

    /** Changes the limits; the desired capacity follows if it must. */
    public void setLimits(int min, int max, Instant now) {
        if (min < 0 || min > max) {
            throw new IllegalArgumentException("expected 0 <= min <= max, found %d and %d".formatted(min, max));
        }
        group.limit(min, max, "a user request updated the constraints to min: %d, max: %d".formatted(min, max), now);
    }

    public void protectFromScaleIn(String name, boolean on) {
        member(name).protectFromScaleIn(on);
    }

    /** Takes an instance out of service without ending it; another takes its place unless the capacity goes down with it. */
    public void enterStandby(String name, boolean decrementDesired, Instant now) {
        Member member = member(name);
        require(member, LifecycleState.IN_SERVICE);
        if (decrementDesired && group.desired() == group.min()) {
            throw new IllegalArgumentException("expected a desired capacity above the minimum of " + group.min()
                    + ", found " + group.desired() + "; lower the minimum, or let another instance take its place");
        }
        member.become(LifecycleState.STANDBY, now);
        group.decisions.add(new Decision.Deregister(name));
        if (decrementDesired) {
            group.desire(group.desired() - 1, "a user moved an instance to standby", now);
        }
    }

    /** Puts it into service again; the desired capacity grows by it, up to the maximum. */
    public void exitStandby(String name, Instant now) {
        Member member = member(name);
        require(member, LifecycleState.STANDBY);
        member.become(LifecycleState.IN_SERVICE, now);
        group.decisions.add(new Decision.Register(name));
        group.desire(group.desired() + 1, "a user moved an instance out of standby", now);
    }

    private void require(Member member, LifecycleState state) {
        if (!member.is(state)) {
            throw new IllegalArgumentException("expected " + member.name + " to be " + state.word() + ", found "
                    + member.state().word());
        }
    }

    private Member member(String name) {
        List<String> names =
                group.members.all().stream().map(member -> member.name).toList();
        return group.members
                .named(name)
                .orElseThrow(() -> new IllegalArgumentException("expected an instance of " + group.settings.name()
                        + ", found " + name + "; " + Nearest.hint(name, names)));
    }

    /**
     * {@code CompleteLifecycleAction}: ends the wait of a hook.
     *
     * @throws IllegalArgumentException if there is no such instance, or it does not wait
     */
    public void completeLifecycleAction(String name, LifecycleHook.Result result, Instant now) {
        Member member = member(name);
        if (!member.is(LifecycleState.PENDING_WAIT) && !member.is(LifecycleState.TERMINATING_WAIT)) {
            throw new IllegalArgumentException("expected " + name + " to wait for a lifecycle hook, found it "
                    + member.state().word());
        }
        lifecycle.complete(member, result, now);
    }

    public void suspend(ScalingProcess process) {
        group.suspended.add(process);
    }

    public void resume(ScalingProcess process) {
        group.suspended.remove(process);
    }

    /** Replaces every instance by one of a new launch template. */
    public void startInstanceRefresh(RefreshPreferences preferences, Instant now) {
        refresh.start(preferences, now);
    }

    public void cancelInstanceRefresh(Instant now) {
        refresh.cancel(now);
    }

    /** One was under way in a group that ended; which instances it had replaced is not known. */
    public void loseInstanceRefresh(Instant now) {
        refresh.lose(now);
    }

    public boolean isRefreshing() {
        return refresh.isUnderWay();
    }

    /** What is to be done now; without a new fact, and before a time comes, the next answer is nothing. */
    public Outcome decide(Instant now) {
        lifecycle.step(now);
        scaling.step(now);
        health.step(now);
        refresh.step(now);
        capacity.step(now);
        pool.step(now);
        List<Decision> decisions = List.copyOf(group.decisions);
        group.decisions.clear();
        return new Outcome(decisions, group.log.drain());
    }

    /** Every instance of the group and its pool, oldest first, until it is terminated. */
    public List<GroupInstance> instances() {
        return group.members.all().stream().map(Member::snapshot).toList();
    }

    public Optional<GroupInstance> instance(String name) {
        return group.members.named(name).map(Member::snapshot);
    }

    /** Adds to an instance's newest activity what is known of it. */
    public void detail(String name, String words) {
        group.members.named(name).ifPresent(it -> group.log.detail(it, words));
    }

    /** What the next instance of each zone will be, so that it can be prepared. */
    public List<Upcoming> upcoming() {
        return group.zones.stream().map(group::upcoming).toList();
    }

    /** Newest first. */
    public List<Activity> activities() {
        return group.log.newestFirst();
    }

    public String name() {
        return group.settings.name();
    }

    public GroupClocks clocks() {
        return group.clocks();
    }

    /** As it is now. */
    public GroupSize size() {
        return new GroupSize(group.min(), group.desired(), group.max());
    }

    public int desiredCapacity() {
        return group.desired();
    }

    /** The metrics of {@code AWS/AutoScaling}. */
    public List<Measurement> metrics(Instant second) {
        return GroupMetrics.of(group, pool.size(), second);
    }
}
