package io.failoverlab.fault;

/** A fault was to be undone and was seen to last; it can be tried again. */
public final class NotUndone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotUndone(String message) {
        super(message);
    }
}
