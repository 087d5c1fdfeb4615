package io.failoverlab.topology;

/** Which health checks a group acts on (EC2 Auto Scaling guide, "Health checks for instances"). */
public enum HealthCheckType {
    /** Whether the instance runs, and its status checks. */
    EC2,
    /** Those, and whether the target group finds it unhealthy. */
    ELB
}
