package io.failoverlab.simulator;

import io.failoverlab.elb.ProbeResult;
import io.failoverlab.elb.Rotation;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.elb.TargetHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a target group decides; so that a deliberately wrong one can take the place of the real one. */
interface TargetDecisions {
    Optional<TargetGroup.Transition> register(Target target);

    List<TargetGroup.Transition> takeOver(Map<Target, ProbeResult> results, Instant now);

    Optional<TargetGroup.Transition> deregister(String name, Instant now);

    Optional<TargetGroup.Transition> drained(String name);

    List<TargetGroup.Transition> endDelays(Instant now);

    void starting(String name, ProbeResult result);

    Optional<TargetGroup.Transition> checked(String name, ProbeResult result, Instant now);

    Optional<TargetGroup.Transition> instanceGone(String name, String why, Instant now);

    Rotation rotation(Instant now);

    Map<Target, TargetHealth> health();

    /** The real one. */
    static TargetDecisions of(TargetGroup group) {
        return new Real(group);
    }

    /** Hands everything on; a wrong one overrides what it does wrong. */
    class Real implements TargetDecisions {
        private final TargetGroup group;

        Real(TargetGroup group) {
            this.group = group;
        }

        @Override
        public Optional<TargetGroup.Transition> register(Target target) {
            return group.register(target);
        }

        @Override
        public List<TargetGroup.Transition> takeOver(Map<Target, ProbeResult> results, Instant now) {
            return group.takeOver(results, now);
        }

        @Override
        public Optional<TargetGroup.Transition> deregister(String name, Instant now) {
            return group.deregister(name, now);
        }

        @Override
        public Optional<TargetGroup.Transition> drained(String name) {
            return group.drained(name);
        }

        @Override
        public List<TargetGroup.Transition> endDelays(Instant now) {
            return group.endDelays(now);
        }

        @Override
        public void starting(String name, ProbeResult result) {
            group.starting(name, result);
        }

        @Override
        public Optional<TargetGroup.Transition> checked(String name, ProbeResult result, Instant now) {
            return group.checked(name, result, now);
        }

        @Override
        public Optional<TargetGroup.Transition> instanceGone(String name, String why, Instant now) {
            return group.instanceGone(name, why, now);
        }

        @Override
        public Rotation rotation(Instant now) {
            return group.rotation(now);
        }

        @Override
        public Map<Target, TargetHealth> health() {
            return group.health();
        }
    }
}
