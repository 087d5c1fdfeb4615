package io.failoverlab.history;

/**
 * The states of a target in a target group, in ELB's words (Elastic Load Balancing, "Health checks for your target
 * groups", target health status). Only {@link #HEALTHY} counts as in service.
 */
public enum TargetState {
    /** Registered, the first health check has not been answered yet. */
    INITIAL("initial"),
    /** Passes its health checks. */
    HEALTHY("healthy"),
    /** Fails its health checks, or its instance is known to be gone. */
    UNHEALTHY("unhealthy"),
    /** Being deregistered: finishes what it has, gets nothing new. */
    DRAINING("draining"),
    /** Not registered, or its group is not used by a listener. */
    UNUSED("unused"),
    /** Health checks are off. */
    UNAVAILABLE("unavailable");

    private final String text;

    TargetState(String text) {
        this.text = text;
    }

    /** ELB's spelling. */
    @Override
    public String toString() {
        return text;
    }
}
