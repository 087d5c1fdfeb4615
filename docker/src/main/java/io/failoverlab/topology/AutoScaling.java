package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Auto Scaling group of the web tier (EC2 Auto Scaling guide; API reference {@code CreateAutoScalingGroup}).
 *
 * @param name value of CloudWatch's dimension {@code AutoScalingGroupName}
 * @param min 0 to desired
 * @param max desired to 1000
 * @param desired how many instances there shall be at the start
 * @param terminationPolicies in their order, at least one
 * @param policies names differ
 * @param schedule names differ
 * @param hooks at most one per transition
 */
public record AutoScaling(
        String name,
        int min,
        int max,
        int desired,
        HealthCheckType healthCheckType,
        GroupClocks clocks,
        Optional<WarmPool> warmPool,
        List<TerminationPolicy> terminationPolicies,
        List<ScalingPolicy> policies,
        List<ScheduledAction> schedule,
        List<LifecycleHook> hooks) {

    public AutoScaling {
        Names.require(name);
        if (min < 0 || max > Topology.MAX_WEB || min > desired || desired > max) {
            throw new IllegalArgumentException("expected 0 <= min <= desired <= max <= %d, found %d, %d, %d"
                    .formatted(Topology.MAX_WEB, min, desired, max));
        }
        terminationPolicies = List.copyOf(terminationPolicies);
        policies = List.copyOf(policies);
        schedule = List.copyOf(schedule);
        hooks = List.copyOf(hooks);
        if (terminationPolicies.isEmpty()) {
            throw new IllegalArgumentException("expected at least one termination policy for " + name + ", found none");
        }
        requireUnique("policy", policies.stream().map(ScalingPolicy::name));
        requireUnique("scheduled action", schedule.stream().map(ScheduledAction::name));
        requireUnique("lifecycle hook", hooks.stream().map(it -> it.transition().name()));
    }

    private static void requireUnique(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(it -> !seen.add(it)).findFirst().ifPresent(again -> {
            throw new IllegalArgumentException("expected each " + what + " once, found a second " + again);
        });
    }

    /** A group of that size with nothing but the lab's clocks, health-checked by its target group. */
    public static AutoScaling of(int min, int desired, int max) {
        return new AutoScaling(
                "web",
                min,
                max,
                desired,
                HealthCheckType.ELB,
                GroupClocks.LAB_DEFAULT,
                Optional.empty(),
                List.of(TerminationPolicy.DEFAULT),
                List.of(),
                List.of(),
                List.of());
    }

    public Optional<LifecycleHook> hook(LifecycleHook.Transition transition) {
        return hooks.stream().filter(it -> it.transition() == transition).findFirst();
    }

    /** The same group with other sizes. */
    public AutoScaling withSizes(int newMin, int newDesired, int newMax) {
        return new AutoScaling(
                name,
                newMin,
                newMax,
                newDesired,
                healthCheckType,
                clocks,
                warmPool,
                terminationPolicies,
                policies,
                schedule,
                hooks);
    }

    /** The same group by other clocks: AWS's replace its own, the lab's leave them. */
    public AutoScaling withTiming(Timing timing) {
        return switch (timing.clocks()) {
            case LAB -> this;
            case AWS -> withClocks(GroupClocks.AWS_DEFAULT.dividedBy(timing.scale()));
        };
    }

    public AutoScaling withClocks(GroupClocks other) {
        return new AutoScaling(
                name,
                min,
                max,
                desired,
                healthCheckType,
                other,
                warmPool,
                terminationPolicies,
                policies,
                schedule,
                hooks);
    }

    public AutoScaling withHealthCheckType(HealthCheckType other) {
        return new AutoScaling(
                name, min, max, desired, other, clocks, warmPool, terminationPolicies, policies, schedule, hooks);
    }

    public AutoScaling withWarmPool(WarmPool pool) {
        return new AutoScaling(
                name,
                min,
                max,
                desired,
                healthCheckType,
                clocks,
                Optional.of(pool),
                terminationPolicies,
                policies,
                schedule,
                hooks);
    }

    public AutoScaling withTerminationPolicies(TerminationPolicy... others) {
        return new AutoScaling(
                name, min, max, desired, healthCheckType, clocks, warmPool, List.of(others), policies, schedule, hooks);
    }

    public AutoScaling withPolicies(ScalingPolicy... others) {
        return new AutoScaling(
                name,
                min,
                max,
                desired,
                healthCheckType,
                clocks,
                warmPool,
                terminationPolicies,
                List.of(others),
                schedule,
                hooks);
    }

    public AutoScaling withSchedule(ScheduledAction... others) {
        return new AutoScaling(
                name,
                min,
                max,
                desired,
                healthCheckType,
                clocks,
                warmPool,
                terminationPolicies,
                policies,
                List.of(others),
                hooks);
    }

    public AutoScaling withHooks(LifecycleHook... others) {
        return new AutoScaling(
                name,
                min,
                max,
                desired,
                healthCheckType,
                clocks,
                warmPool,
                terminationPolicies,
                policies,
                schedule,
                List.of(others));
    }

    /** One line: sizes, checks and clocks. */
    @Override
    public String toString() {
        return "%s: %d to %d, desired %d, health check %s, grace period %s, cooldown %s%s%s"
                .formatted(
                        name,
                        min,
                        max,
                        desired,
                        healthCheckType,
                        DurationText.print(clocks.gracePeriod()),
                        DurationText.print(clocks.cooldown()),
                        warmPool.map(it -> ", warm pool of "
                                        + it.size(desired, max)
                                        + " "
                                        + it.state().name().toLowerCase(Locale.ROOT))
                                .orElse(""),
                        policies.isEmpty()
                                ? ""
                                : policies.stream()
                                        .map(ScalingPolicy::name)
                                        .collect(Collectors.joining(", ", ", policies ", "")));
    }
}
