package io.failoverlab.alarm;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** What all engines of a monitor count together. */
public final class AlarmCounters {
    final Counter evaluations;
    final Counter evaluationFailures;
    final Counter saveFailures;

    public AlarmCounters(CollectorRegistry registry) {
        evaluations = Counter.build("failoverlab_alarm_evaluations_total", "Evaluations of an alarm.")
                .register(registry);
        evaluationFailures = Counter.build(
                        "failoverlab_alarm_evaluation_failures_total", "Evaluations of an alarm that failed.")
                .register(registry);
        saveFailures = Counter.build("failoverlab_alarm_save_failures_total", "Alarm changes that were not saved.")
                .register(registry);
    }
}
