package io.failoverlab.simulation;

/** The load generator could not be started, or ended before its load was over; the message has the end of its log. */
public final class LoadGeneratorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadGeneratorFailed(String message) {
        super(message);
    }

    LoadGeneratorFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
