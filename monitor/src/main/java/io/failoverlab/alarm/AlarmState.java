package io.failoverlab.alarm;

/** The three states of a CloudWatch alarm; the names are the ones on the wire (StateValue). */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
