package io.failoverlab.topology;

/** The routing algorithms of an Application Load Balancer's target group that nginx has as well. */
public enum Algorithm {
    ROUND_ROBIN,
    LEAST_OUTSTANDING_REQUESTS
}
