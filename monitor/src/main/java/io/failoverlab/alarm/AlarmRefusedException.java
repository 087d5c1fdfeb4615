package io.failoverlab.alarm;

/** An alarm cannot be defined or deleted as things are; the message says it in CloudWatch's words. */
public final class AlarmRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlarmRefusedException(String message) {
        super(message);
    }
}
