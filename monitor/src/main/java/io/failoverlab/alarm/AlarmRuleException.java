package io.failoverlab.alarm;

/** A text is no rule of a composite alarm; the message says where and why. */
public final class AlarmRuleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    AlarmRuleException(String message) {
        super(message);
    }
}
