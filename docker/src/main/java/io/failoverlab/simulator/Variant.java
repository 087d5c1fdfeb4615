package io.failoverlab.simulator;

import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.InstanceActions;
import io.failoverlab.elb.TargetGroup;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.Zone;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Which control plane is simulated: the real one, unless a test plugs in one that is wrong. */
interface Variant {
    /** The lab's own. */
    Variant REAL = new Variant() {};

    default AutoScalingGroup group(AutoScaling settings, List<Zone> zones, Supplier<String> ids, Instant now) {
        return new AutoScalingGroup(settings, zones, ids, now);
    }

    default TargetDecisions targets(HealthCheck check, TargetGroupAttributes attributes) {
        return TargetDecisions.of(new TargetGroup(check, attributes));
    }

    default InstanceActions actions(InstanceActions engine) {
        return engine;
    }

    /** Whether the group hears of terminations that failed, or takes them for done. */
    default boolean tellsOfFailedTerminations() {
        return true;
    }
}
