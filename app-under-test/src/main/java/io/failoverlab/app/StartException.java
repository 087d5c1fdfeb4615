package io.failoverlab.app;

/** The shop cannot start, for a reason that is not a defect of its own; the message says what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }
}
