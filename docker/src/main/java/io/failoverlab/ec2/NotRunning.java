package io.failoverlab.ec2;

/** What was asked for needs an instance in another state; the message names both. */
public final class NotRunning extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotRunning(String message) {
        super(message);
    }
}
