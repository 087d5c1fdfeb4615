package io.failoverlab.topology;

/** What becomes of a request whose target fails. */
public enum Retry {
    /** It fails. */
    NONE,
    /** It fails, after an Application Load Balancer's time-outs, and no target is avoided but by health checks. */
    ALB,
    /** The next target gets it, if repeating is safe by its method alone (RFC 9110, 9.2.2): no key makes a POST repeatable. */
    SAFE,
    /**
     * The next target gets it, if repeating is safe: by its method (RFC 9110, 9.2.2), or because it carries an
     * {@code Idempotency-Key}. Any other goes on only while nothing of it was sent; what was sent stays with its target until
     * the idle time-out, as with an Application Load Balancer, unless that target is dead.
     */
    IDEMPOTENT
}
