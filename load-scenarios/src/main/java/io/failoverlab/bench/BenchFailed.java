package io.failoverlab.bench;

/** A figure could not be measured; the message says what was expected and what was found. */
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchFailed(String message) {
        super(message);
    }

    BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
