package io.failoverlab.topology;

import io.failoverlab.document.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Auto Scaling group of the web tier (EC2 Auto Scaling guide; API reference {@code CreateAutoScalingGroup}).
 *
 * @param name value of CloudWatch's dimension {@code AutoScalingGroupName}
 * @param terminationPolicies in their order, at least one
 */
public record AutoScaling(
        String name,
        GroupSize size,
        HealthCheckType healthCheckType,
        GroupClocks clocks,
        Optional<WarmPool> warmPool,
        List<TerminationPolicy> terminationPolicies,
        GroupRules rules) {

    public AutoScaling {
        Names.require(name);
        terminationPolicies = List.copyOf(terminationPolicies);
        if (terminationPolicies.isEmpty()) {
            throw new IllegalArgumentException("expected at least one termination policy for " + name + ", found none");
        }
    }

    /** A group of that size with nothing but the lab's clocks, health-checked by its target group. */
    public static AutoScaling of(int min, int desired, int max) {
        return new AutoScaling(
                "web",
                new GroupSize(min, desired, max),
                HealthCheckType.ELB,
                GroupClocks.LAB_DEFAULT,
                Optional.empty(),
                List.of(TerminationPolicy.DEFAULT),
                GroupRules.NONE);
    }

    public AutoScaling withSize(GroupSize other) {
        return new AutoScaling(name, other, healthCheckType, clocks, warmPool, terminationPolicies, rules);
    }

    /** How many instances there can be, those of the warm pool among them, but for those that come before others go. */
    public int mostInstances() {
        return warmPool.map(pool ->
                        Math.max(size.max() + pool.minSize(), pool.maxPrepared().orElse(size.max())))
                .orElse(size.max());
    }

    /** The same group by other clocks: AWS's replace its own, the lab's leave them. */
    public AutoScaling withTiming(Timing timing) {
        return switch (timing.clocks()) {
            case LAB -> this;
            case AWS ->
                new AutoScaling(
                        name,
                        size,
                        healthCheckType,
                        GroupClocks.AWS_DEFAULT.dividedBy(timing.scale()),
                        warmPool,
                        terminationPolicies,
                        rules.dividedBy(timing.scale()));
        };
    }

    public AutoScaling withHealthCheckType(HealthCheckType other) {
        return new AutoScaling(name, size, other, clocks, warmPool, terminationPolicies, rules);
    }

    public AutoScaling withWarmPool(WarmPool pool) {
        return new AutoScaling(name, size, healthCheckType, clocks, Optional.of(pool), terminationPolicies, rules);
    }

    public AutoScaling withTerminationPolicies(TerminationPolicy... others) {
        return new AutoScaling(name, size, healthCheckType, clocks, warmPool, List.of(others), rules);
    }

    public AutoScaling withRules(GroupRules others) {
        return new AutoScaling(name, size, healthCheckType, clocks, warmPool, terminationPolicies, others);
    }

    /** One line: sizes, checks, clocks, and what is not there by default. */
    @Override
    public String toString() {
        return "%s: %s, health check %s, grace period %s, cooldown %s%s%s%s"
                .formatted(
                        name,
                        size,
                        healthCheckType,
                        DurationText.print(clocks.gracePeriod()),
                        DurationText.print(clocks.cooldown()),
                        warmPool.map(this::describe).orElse(""),
                        list(
                                ", policies ",
                                rules.policies().stream()
                                        .map(ScalingPolicy::name)
                                        .toList()),
                        list(
                                ", hooks ",
                                rules.hooks().stream().map(LifecycleHook::name).toList()));
    }

    private String describe(WarmPool pool) {
        return ", warm pool of " + pool.size(size.desired(), size.max()) + " "
                + pool.state().name().toLowerCase(Locale.ROOT);
    }

    private static String list(String title, List<String> names) {
        return names.isEmpty() ? "" : names.stream().collect(Collectors.joining(", ", title, ""));
    }
}
