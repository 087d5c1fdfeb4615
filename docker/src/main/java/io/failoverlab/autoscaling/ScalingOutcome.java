package io.failoverlab.autoscaling;

/**
 * What came of a policy.
 *
 * @param refusal why nothing changed; empty if something did
 */
public record ScalingOutcome(int before, int after, String refusal) {
    public boolean scaled() {
        return before != after;
    }
}
