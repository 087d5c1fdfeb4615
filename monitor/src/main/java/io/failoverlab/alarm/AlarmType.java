package io.failoverlab.alarm;

/** CloudWatch's types of alarms; an alarm on metric math is a metric alarm. */
public enum AlarmType {
    METRIC("MetricAlarm"),
    COMPOSITE("CompositeAlarm");

    private final String wireName;

    AlarmType(String wireName) {
        this.wireName = wireName;
    }

    /** The AlarmType of the API. */
    public String wireName() {
        return wireName;
    }
}
