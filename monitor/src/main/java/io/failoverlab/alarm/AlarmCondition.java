package io.failoverlab.alarm;

/** What puts an alarm into its state: the data of a metric, or the states of other alarms. */
public sealed interface AlarmCondition permits MetricCondition, CompositeCondition {
    /** For people, on one line. */
    String inWords();

    /** Which of CloudWatch's two types an alarm with this condition is. */
    AlarmType type();
}
