package io.failoverlab.environment;

/** What a dead lab left is not enough to go on with; the message says what is missing. */
public final class CannotTakeOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotTakeOver(String reason) {
        super(reason + "; `lab down` removes what is left");
    }
}
