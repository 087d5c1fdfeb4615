package io.failoverlab.simulator;

/**
 * A rule that did not hold.
 *
 * @param rule its name
 * @param elapsedMillis when, on the simulated clock
 * @param found what was there instead
 */
public record Violation(String rule, long elapsedMillis, String found) {
    @Override
    public String toString() {
        return "%s, broken after %d ms: %s".formatted(rule, elapsedMillis, found);
    }

    /** Ends a simulation; its journal tells the way there. */
    static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Violation violation;

        Found(Violation violation) {
            super(violation.toString());
            this.violation = violation;
        }

        Violation violation() {
            return violation;
        }
    }
}
