package io.failoverlab.topology;

/** ELB's types of load balancer that the lab has. */
public enum BalancerType {
    /** Reads HTTP: every request has its own target. */
    APPLICATION("AWS/ApplicationELB", "app"),
    /** Passes TCP on: a connection has one target, and ends with it. */
    NETWORK("AWS/NetworkELB", "net");

    private final String namespace;
    private final String prefix;

    BalancerType(String namespace, String prefix) {
        this.namespace = namespace;
        this.prefix = prefix;
    }

    /** CloudWatch's namespace of its metrics. */
    public String namespace() {
        return namespace;
    }

    /** How the value of CloudWatch's {@code LoadBalancer} dimension begins. */
    public String prefix() {
        return prefix;
    }
}
