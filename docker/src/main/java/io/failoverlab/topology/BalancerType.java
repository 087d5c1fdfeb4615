package io.failoverlab.topology;

/** ELB's types of load balancer that the lab has. */
public enum BalancerType {
    /** Reads HTTP: every request has its own target. */
    APPLICATION,
    /** Passes TCP on: a connection has one target, and ends with it. */
    NETWORK
}
