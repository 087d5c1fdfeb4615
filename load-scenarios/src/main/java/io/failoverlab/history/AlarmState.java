package io.failoverlab.history;

/** The states of an alarm; the names are CloudWatch's own (CloudWatch API reference, StateValue). */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
