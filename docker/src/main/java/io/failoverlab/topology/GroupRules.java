package io.failoverlab.topology;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What makes a group change by itself, and wait.
 *
 * @param policies names differ
 * @param schedule names differ
 * @param hooks names differ; at most one per transition, where AWS allows fifty in all
 */
public record GroupRules(List<ScalingPolicy> policies, List<ScheduledAction> schedule, List<LifecycleHook> hooks) {
    public static final GroupRules NONE = new GroupRules(List.of(), List.of(), List.of());

    public GroupRules {
        policies = List.copyOf(policies);
        schedule = List.copyOf(schedule);
        hooks = List.copyOf(hooks);
        requireUnique("policy", policies.stream().map(ScalingPolicy::name));
        requireUnique("scheduled action", schedule.stream().map(ScheduledAction::name));
        requireUnique("lifecycle hook", hooks.stream().map(LifecycleHook::name));
        requireUnique(
                "lifecycle hook's transition",
                hooks.stream().map(it -> it.transition().name()));
    }

    private static void requireUnique(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(it -> !seen.add(it)).findFirst().ifPresent(again -> {
            throw new IllegalArgumentException("expected each " + what + " once, found a second " + again);
        });
    }

    /** By AWS's clocks; the times of scheduled actions are the user's, as those of an experiment's faults. */
    GroupRules dividedBy(int scale) {
        return new GroupRules(
                policies.stream().map(it -> it.dividedBy(scale)).toList(),
                schedule,
                hooks.stream().map(it -> it.dividedBy(scale)).toList());
    }

    public static GroupRules ofPolicies(ScalingPolicy... policies) {
        return new GroupRules(List.of(policies), List.of(), List.of());
    }

    public static GroupRules ofSchedule(ScheduledAction... actions) {
        return new GroupRules(List.of(), List.of(actions), List.of());
    }

    public static GroupRules ofHooks(LifecycleHook... hooks) {
        return new GroupRules(List.of(), List.of(), List.of(hooks));
    }

    public Optional<LifecycleHook> hook(LifecycleHook.Transition transition) {
        return hooks.stream().filter(it -> it.transition() == transition).findFirst();
    }
}
