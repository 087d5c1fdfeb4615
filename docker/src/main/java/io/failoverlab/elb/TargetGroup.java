package io.failoverlab.elb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The health of all registered targets, decided from check results and from what the engine reports. Knows no clock and
 * does no I/O; not thread-safe, its controller calls it from one place.
 */
public final class TargetGroup {
    /** A target whose state changed. */
    public record Transition(Target target, TargetHealth from, TargetHealth to) {}

    private final int healthyThreshold;
    private final int unhealthyThreshold;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, TargetHealth> health = new LinkedHashMap<>();

    /**
     * @param healthyThreshold checks in a row that make an unhealthy target healthy
     * @param unhealthyThreshold failed checks in a row that make a healthy target unhealthy
     */
    public TargetGroup(int healthyThreshold, int unhealthyThreshold) {
        this.healthyThreshold = healthyThreshold;
        this.unhealthyThreshold = unhealthyThreshold;
    }

    /** Adds a target; it is served after its first passed check. */
    public void register(Target target) {
        targets.put(target.name(), target);
        health.put(target.name(), TargetHealth.REGISTERED);
    }

    /** Takes in the result of a health check. */
    public Optional<Transition> checked(String name, ProbeResult result) {
        return change(name, before -> switch (result) {
            case ProbeResult.Passed() -> before.passed(healthyThreshold);
            case ProbeResult.WrongCode(int expected, int found) ->
                before.failed(
                        unhealthyThreshold,
                        "Target.ResponseCodeMismatch",
                        "health checks failed with code " + found + ", expected " + expected);
            case ProbeResult.TimedOut(var limit) ->
                before.failed(
                        unhealthyThreshold,
                        "Target.Timeout",
                        "no answer to health checks within " + limit.toMillis() + " ms");
            case ProbeResult.WrongInstance(String expected, String found) ->
                before.failed(
                        unhealthyThreshold,
                        "Target.FailedHealthChecks",
                        "another instance answered: " + found + " instead of " + expected);
            case ProbeResult.Failed(String reason) ->
                before.failed(unhealthyThreshold, "Target.FailedHealthChecks", reason);
        });
    }

    /** Takes in that an instance died: no threshold, since there is nothing left that could answer. */
    public Optional<Transition> instanceGone(String name, String why) {
        return change(name, before -> before.gone(why));
    }

    private Optional<Transition> change(String name, UnaryOperator<TargetHealth> change) {
        TargetHealth before = health.get(name);
        if (before == null) {
            return Optional.empty();
        }
        TargetHealth after = change.apply(before);
        health.put(name, after);
        return before.state() == after.state()
                ? Optional.empty()
                : Optional.of(new Transition(targets.get(name), before, after));
    }

    /**
     * Whom to send requests to: the healthy targets, or every checked target if none of them is healthy (ELB fails open;
     * guide: "Health checks for your target groups"). Empty only while all are still {@code initial}.
     */
    public List<Target> rotation() {
        List<Target> healthy = inState(TargetState.HEALTHY);
        return healthy.isEmpty() ? inState(TargetState.UNHEALTHY) : healthy;
    }

    private List<Target> inState(TargetState state) {
        return targets.values().stream()
                .filter(target -> health.get(target.name()).state() == state)
                .toList();
    }

    /** Every registered target with its health, in the order of registration. */
    public Map<Target, TargetHealth> health() {
        Map<Target, TargetHealth> snapshot = new LinkedHashMap<>();
        targets.values().forEach(target -> snapshot.put(target, health.get(target.name())));
        return snapshot;
    }
}
