package io.failoverlab.elb;

/**
 * What the balancer thinks of a target. Reason codes and the beginning of each description are ELB's (API reference,
 * {@code TargetHealth}); what was seen follows after a colon.
 *
 * @param state ELB's state
 * @param reasonCode ELB's reason code, such as {@code Target.Timeout}; empty while healthy
 * @param description the reason in words; empty while healthy
 * @param passes consecutive passed checks since the last failed one
 * @param failures consecutive failed checks since the last passed one
 */
public record TargetHealth(TargetState state, String reasonCode, String description, int passes, int failures) {
    /** Registered, not yet checked. */
    static final TargetHealth REGISTERED = new TargetHealth(
            TargetState.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress", 0, 0);

    static final TargetHealth DRAINING = new TargetHealth(
            TargetState.DRAINING, "Target.DeregistrationInProgress", "Target deregistration is in progress", 0, 0);

    static final TargetHealth STOPPED =
            new TargetHealth(TargetState.UNUSED, "Target.InvalidState", "Target is in the stopped state", 0, 0);

    static final TargetHealth NOT_REGISTERED = new TargetHealth(
            TargetState.UNUSED, "Target.NotRegistered", "Target is not registered to the target group", 0, 0);

    /** Initial still, with what its first checks found. */
    static TargetHealth starting(String why, int failures) {
        return new TargetHealth(
                TargetState.INITIAL,
                "Elb.InitialHealthChecking",
                "Initial health checks in progress: " + why,
                0,
                failures);
    }

    TargetHealth passed(int healthyThreshold) {
        int inARow = passes + 1;
        // ELB takes the first pass of a newly registered target as enough.
        boolean healthy = state == TargetState.INITIAL || state == TargetState.HEALTHY || inARow >= healthyThreshold;
        return healthy
                ? new TargetHealth(TargetState.HEALTHY, "", "", inARow, 0)
                : new TargetHealth(state, reasonCode, description, inARow, 0);
    }

    TargetHealth failed(int unhealthyThreshold, String code, String why) {
        int inARow = failures + 1;
        if (state == TargetState.HEALTHY && inARow < unhealthyThreshold) {
            return new TargetHealth(TargetState.HEALTHY, "", "", 0, inARow);
        }
        if (state == TargetState.INITIAL && inARow < unhealthyThreshold) {
            return starting(why, inARow);
        }
        return new TargetHealth(TargetState.UNHEALTHY, code, why, 0, inARow);
    }

    TargetHealth gone(String why) {
        return new TargetHealth(
                TargetState.UNHEALTHY,
                "Target.FailedHealthChecks",
                "Health checks failed: " + why,
                0,
                Math.max(failures, 1));
    }
}
