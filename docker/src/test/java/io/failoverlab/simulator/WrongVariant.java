package io.failoverlab.simulator;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.autoscaling.ScalingProcess;
import io.failoverlab.elb.ProbeResult;
import io.failoverlab.elb.Rotation;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.elb.TargetState;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.HealthCheckType;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Control planes that are wrong in one way, with the rule that finds them. */
enum WrongVariant implements Variant {
    KEEPS_DRAINING_TARGETS_IN_ROTATION("no traffic to a drained or unregistered target") {
        @Override
        public TargetDecisions targets(HealthCheck check, TargetGroupAttributes attributes) {
            return new TargetDecisions.Real(new TargetGroup(check, attributes)) {
                @Override
                public Rotation rotation(Instant now) {
                    Rotation right = super.rotation(now);
                    List<Target> reserve = new ArrayList<>(right.reserve());
                    health().forEach((target, health) -> {
                        if (health.state() == TargetState.DRAINING) {
                            reserve.add(target);
                        }
                    });
                    return new Rotation(right.shares(), reserve);
                }
            };
        }
    },

    COUNTS_EACH_FAILED_CHECK_TWICE("no flapping without a cause") {
        @Override
        public TargetDecisions targets(HealthCheck check, TargetGroupAttributes attributes) {
            return new TargetDecisions.Real(new TargetGroup(check, attributes)) {
                @Override
                public Optional<TargetGroup.Transition> checked(String name, ProbeResult result, Instant now) {
                    Optional<TargetGroup.Transition> first = super.checked(name, result, now);
                    return first.isPresent() || result instanceof ProbeResult.Passed
                            ? first
                            : super.checked(name, result, now);
                }
            };
        }
    },

    NEVER_REPLACES_THE_UNHEALTHY("never below what the zones that are left allow") {
        @Override
        public AutoScalingGroup group(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
            return with(settings, zones, ids, now, ScalingProcess.REPLACE_UNHEALTHY);
        }
    },

    NEVER_BALANCES_ITS_ZONES("zones are even in the end") {
        @Override
        public AutoScalingGroup group(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
            return with(settings, zones, ids, now, ScalingProcess.AZ_REBALANCE);
        }
    },

    NEVER_TERMINATES("never below what the zones that are left allow") {
        @Override
        public AutoScalingGroup group(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
            return with(settings, zones, ids, now, ScalingProcess.TERMINATE);
        }
    },

    SERVES_AN_OLD_ROTATION("no traffic to a drained or unregistered target") {
        @Override
        public TargetDecisions targets(HealthCheck check, TargetGroupAttributes attributes) {
            return new TargetDecisions.Real(new TargetGroup(check, attributes)) {
                private Rotation first = new Rotation(List.of(), List.of());

                @Override
                public Rotation rotation(Instant now) {
                    Rotation right = super.rotation(now);
                    if (first.reserve().size() <= right.reserve().size()) {
                        first = right;
                    }
                    return first;
                }
            };
        }
    },

    TAKES_NEWCOMERS_FOR_SERVING_BEFORE_THEY_DO("who serves stays until newcomers serve") {
        @Override
        public AutoScalingGroup group(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
            return new AutoScalingGroup(settings.withHealthCheckType(HealthCheckType.EC2), zones, ids, now);
        }
    },

    LAUNCHES_EVERYTHING_TWICE("a name is used once") {
        @Override
        public InstanceActions actions(InstanceActions engine) {
            return new Passing(engine) {
                @Override
                public void launch(Decision.Launch launch) {
                    super.launch(launch);
                    super.launch(launch);
                }
            };
        }
    },

    TAKES_A_FAILED_TERMINATION_FOR_DONE("every instance is somebody's in the end") {
        @Override
        public boolean tellsOfFailedTerminations() {
            return false;
        }
    },

    /** What is done is right, but done by somebody who does not tell. */
    LOSES_TERMINATIONS("nothing is under way in the end") {
        @Override
        public InstanceActions actions(InstanceActions engine) {
            return new Passing(engine) {
                @Override
                public void terminate(Decision.Terminate terminate) {
                    // forgotten
                }
            };
        }
    };

    private final String rule;

    WrongVariant(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    private static AutoScalingGroup with(
            AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now, ScalingProcess without) {
        AutoScalingGroup group = new AutoScalingGroup(settings, zones, ids, now);
        group.suspend(without);
        return group;
    }

    /** Hands everything on. */
    private static class Passing implements InstanceActions {
        private final InstanceActions engine;

        Passing(InstanceActions engine) {
            this.engine = engine;
        }

        @Override
        public void launch(Decision.Launch launch) {
            engine.launch(launch);
        }

        @Override
        public void start(Decision.Start start) {
            engine.start(start);
        }

        @Override
        public void stop(Decision.Stop stop) {
            engine.stop(stop);
        }

        @Override
        public void register(Decision.Register register) {
            engine.register(register);
        }

        @Override
        public void deregister(Decision.Deregister deregister) {
            engine.deregister(deregister);
        }

        @Override
        public void terminate(Decision.Terminate terminate) {
            engine.terminate(terminate);
        }
    }
}
