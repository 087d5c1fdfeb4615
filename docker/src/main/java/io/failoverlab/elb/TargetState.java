package io.failoverlab.elb;

import java.util.Locale;

/** Health states of a target, as Elastic Load Balancing names them (guide: "Health checks for your target groups"). */
public enum TargetState {
    INITIAL,
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    UNUSED;

    /** The word that AWS prints. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
