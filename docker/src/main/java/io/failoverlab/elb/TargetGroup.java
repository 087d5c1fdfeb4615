package io.failoverlab.elb;

import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.TargetGroupAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The targets of a balancer and their health, decided from check results, from what the engine reports and from the time
 * that is passed in. Does no I/O; not thread-safe, its controller calls it from one place. Rules: ELB guide, "Target
 * groups for your Application Load Balancers" and "Health checks for your target groups".
 */
public final class TargetGroup {
    /** A slow start rises in as many steps: each is a new configuration for nginx. */
    private static final int FULL = 10;

    /** A target whose state changed. */
    public record Transition(Target target, TargetHealth from, TargetHealth to) {}

    private final HealthCheck check;
    private final TargetGroupAttributes attributes;
    private final Map<String, Member> members = new LinkedHashMap<>();

    private static final class Member {
        private final Target target;
        /** One that joins an empty group has nobody to rise beside. */
        private boolean risesWhenHealthy;

        private TargetHealth health = TargetHealth.REGISTERED;
        private Optional<Instant> risingSince = Optional.empty();
        private Instant drainedBy = Instant.MAX;
        private boolean mayHaveServed;

        Member(Target target, boolean risesWhenHealthy) {
            this.target = target;
            this.risesWhenHealthy = risesWhenHealthy;
        }

        boolean is(TargetState state) {
            return health.state() == state;
        }

        /** Whether it is served when no target is healthy. */
        boolean isLastResort() {
            return is(TargetState.UNHEALTHY) || is(TargetState.INITIAL) && mayHaveServed;
        }
    }

    public TargetGroup(HealthCheck check, TargetGroupAttributes attributes) {
        this.check = check;
        this.attributes = attributes;
    }

    /** Adds a target; it is served after its first passed check. One that is leaving comes back. */
    public Optional<Transition> register(Target target) {
        Member present = members.get(target.name());
        if (present != null && !present.is(TargetState.DRAINING)) {
            return Optional.empty();
        }
        boolean othersServe = members.values().stream().anyMatch(it -> it.is(TargetState.HEALTHY));
        Member member = new Member(target, othersServe);
        members.put(target.name(), member);
        TargetHealth before = present == null ? TargetHealth.NOT_REGISTERED : present.health;
        return Optional.of(new Transition(target, before, member.health));
    }

    /**
     * Adds targets that may have served under another lab, with the check that each had: those that passed are healthy. If none
     * did, all are served on, as a group fails open: none is taken to be still starting, which would stop the service.
     */
    public List<Transition> takeOver(Map<Target, ProbeResult> results, Instant now) {
        List<Transition> transitions = new ArrayList<>();
        results.forEach((target, result) -> {
            register(target).ifPresent(transitions::add);
            members.get(target.name()).mayHaveServed = true;
            if (result instanceof ProbeResult.Passed) {
                checked(target.name(), result, now).ifPresent(transitions::add);
            }
        });
        return transitions;
    }

    /** Whether one more passed check would bring a target back to the healthy ones. */
    boolean isAboutToBeHealthy(String name) {
        Member member = members.get(name);
        return member != null
                && !member.is(TargetState.HEALTHY)
                && !member.is(TargetState.DRAINING)
                && member.health.passed(check.healthyThreshold()).state() == TargetState.HEALTHY;
    }

    /**
     * Begins to take a target out: it gets no new requests, and is gone once it is {@link #drained}, or after the
     * deregistration delay.
     */
    public Optional<Transition> deregister(String name, Instant now) {
        Member member = members.get(name);
        if (member == null || member.is(TargetState.DRAINING)) {
            return Optional.empty();
        }
        member.drainedBy = now.plus(attributes.deregistrationDelay());
        return change(member, TargetHealth.DRAINING, now);
    }

    /** Takes in that a leaving target has no request under way any more. */
    public Optional<Transition> drained(String name) {
        Member member = members.get(name);
        return member == null || !member.is(TargetState.DRAINING) ? Optional.empty() : Optional.of(remove(member));
    }

    /** Ends the deregistrations whose delay is over. */
    public List<Transition> endDelays(Instant now) {
        List<Transition> ended = new ArrayList<>();
        for (Member member : List.copyOf(members.values())) {
            if (member.is(TargetState.DRAINING) && !now.isBefore(member.drainedBy)) {
                ended.add(remove(member));
            }
        }
        return ended;
    }

    private Transition remove(Member member) {
        members.remove(member.target.name());
        return new Transition(member.target, member.health, TargetHealth.NOT_REGISTERED);
    }

    /** Takes in why a target that is still starting does not pass yet; this does not count against it. */
    public void starting(String name, ProbeResult result) {
        Member member = members.get(name);
        if (member != null && member.is(TargetState.INITIAL) && !(result instanceof ProbeResult.Passed)) {
            member.health = TargetHealth.starting(result.description(), 0);
        }
    }

    /** Takes in the result of a health check. */
    public Optional<Transition> checked(String name, ProbeResult result, Instant now) {
        Member member = members.get(name);
        if (member == null || member.is(TargetState.DRAINING) || member.is(TargetState.UNUSED)) {
            return Optional.empty();
        }
        return change(
                member,
                result instanceof ProbeResult.Passed
                        ? member.health.passed(check.healthyThreshold())
                        : member.health.failed(check.unhealthyThreshold(), result.reasonCode(), result.description()),
                now);
    }

    /** Takes in that an instance died: no threshold, since there is nothing left that could answer. */
    public Optional<Transition> instanceGone(String name, String why, Instant now) {
        Member member = members.get(name);
        if (member == null) {
            return Optional.empty();
        }
        return member.is(TargetState.DRAINING)
                ? Optional.of(remove(member))
                : change(member, member.health.gone(why), now);
    }

    /** Takes in that an instance was stopped by somebody: it is not used, nor checked, until it runs again. */
    public Optional<Transition> instanceStopped(String name, Instant now) {
        Member member = members.get(name);
        if (member == null) {
            return Optional.empty();
        }
        return member.is(TargetState.DRAINING)
                ? Optional.of(remove(member))
                : change(member, TargetHealth.STOPPED, now);
    }

    /** Takes in that a stopped instance runs again; one pass is enough, as for one that is newly registered. */
    public Optional<Transition> instanceStarted(String name, Instant now) {
        Member member = members.get(name);
        return member == null || !member.is(TargetState.UNUSED)
                ? Optional.empty()
                : change(member, TargetHealth.REGISTERED, now);
    }

    private Optional<Transition> change(Member member, TargetHealth after, Instant now) {
        TargetHealth before = member.health;
        member.health = after;
        if (before.state() == after.state()) {
            return Optional.empty();
        }
        if (after.state() == TargetState.HEALTHY) {
            boolean rises = member.risesWhenHealthy && !attributes.slowStart().isZero() && someoneServesFully(member);
            member.risingSince = rises ? Optional.of(now) : Optional.empty();
        } else {
            member.risingSince = Optional.empty();
            // It rises again when it recovers, wherever it began.
            member.risesWhenHealthy = true;
        }
        return Optional.of(new Transition(member.target, before, after));
    }

    private boolean someoneServesFully(Member except) {
        return members.values().stream()
                .anyMatch(it -> it != except && it.is(TargetState.HEALTHY) && it.risingSince.isEmpty());
    }

    /**
     * Whom to send requests to: the healthy targets, or every checked target if none of them is healthy (ELB fails open).
     * Empty only while all are still {@code initial} and never served, or none is registered.
     */
    public Rotation rotation(Instant now) {
        endRises(now);
        List<Target> reserve = members.values().stream()
                .filter(it -> !it.is(TargetState.DRAINING) && !it.is(TargetState.UNUSED))
                .map(it -> it.target)
                .toList();
        List<Member> healthy = inState(TargetState.HEALTHY);
        Map<Target, Integer> ramps = new LinkedHashMap<>();
        (healthy.isEmpty() ? lastResort() : healthy).forEach(member -> ramps.put(member.target, ramp(member, now)));
        return new Rotation(Shares.of(ramps, attributes.crossZone()), reserve);
    }

    /** Whether requests go to unhealthy targets, since none is healthy. */
    boolean failsOpen() {
        return inState(TargetState.HEALTHY).isEmpty() && !lastResort().isEmpty();
    }

    private void endRises(Instant now) {
        for (Member member : members.values()) {
            member.risingSince = member.risingSince.filter(since -> now.isBefore(since.plus(attributes.slowStart())));
        }
    }

    private int ramp(Member member, Instant now) {
        return member.risingSince
                .map(since -> (int) Math.max(
                        1,
                        FULL
                                * Duration.between(since, now).toMillis()
                                / attributes.slowStart().toMillis()))
                .orElse(FULL);
    }

    private List<Member> lastResort() {
        return members.values().stream().filter(Member::isLastResort).toList();
    }

    private List<Member> inState(TargetState state) {
        return members.values().stream().filter(it -> it.is(state)).toList();
    }

    /** Every registered target with its health, in the order of registration; leaving ones until they are gone. */
    public Map<Target, TargetHealth> health() {
        Map<Target, TargetHealth> snapshot = new LinkedHashMap<>();
        members.values().forEach(it -> snapshot.put(it.target, it.health));
        return snapshot;
    }
}
