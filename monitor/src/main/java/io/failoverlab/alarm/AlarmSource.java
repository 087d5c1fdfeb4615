package io.failoverlab.alarm;

import io.failoverlab.metric.MetricId;
import java.util.Set;

/** Where the values of a metric alarm come from. */
public sealed interface AlarmSource permits MetricSource, MathSource {
    /** Length of a period in seconds. */
    int period();

    /** The metrics whose datapoints make up the values. */
    Set<MetricId> metrics();

    /** For people, for example {@code Maximum StatusCheckFailed}. */
    String inWords();
}
