package io.failoverlab.top;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is shown, whatever it is shown on.
 *
 * @param freshness whether it is how things are now
 * @param summary one sentence
 * @param tone of the sentence
 * @param balancer name of the load balancer; empty while it is not known
 * @param requestsOfLastMinute for each second, oldest first; NaN where it is not known
 * @param events newest first
 */
record StackView(
        Freshness freshness,
        String summary,
        Tone tone,
        String balancer,
        Rates rates,
        double[] requestsOfLastMinute,
        List<TargetRow> targets,
        List<DatabaseRow> databases,
        List<AlarmRow> alarms,
        List<EventRow> events) {

    /**
     * Whether it is how things are now.
     *
     * @param word such as {@code Live} or {@code Disconnected}
     * @param time of day of the newest data; empty while there is none
     */
    record Freshness(boolean live, String word, String text, String time) {}

    /** A second's figures; empty where a figure is not known. Times are in milliseconds. */
    record Rates(
            OptionalDouble requests,
            OptionalDouble elb5xx,
            OptionalDouble target5xx,
            OptionalDouble p50,
            OptionalDouble p99,
            OptionalDouble healthyHosts,
            OptionalDouble unhealthyHosts,
            OptionalDouble clientRequests,
            OptionalDouble clientErrors,
            OptionalDouble clientP50,
            OptionalDouble clientP99) {}

    /**
     * A target.
     *
     * @param word its state as it can be vouched for
     * @param lastState the last that was told
     * @param instance how the instance is, if it does not run
     * @param since for people
     */
    record TargetRow(
            String name,
            String instanceId,
            String zone,
            Tone tone,
            String word,
            String lastState,
            String reasonCode,
            String reason,
            String instance,
            String since,
            OptionalDouble cpu) {}

    /**
     * A database.
     *
     * @param replication whether a second copy has all that was acknowledged, or how far behind it is; empty without one
     */
    record DatabaseRow(
            String name,
            String zone,
            Tone tone,
            String state,
            OptionalDouble cpu,
            OptionalDouble connections,
            String replication) {}

    record AlarmRow(String name, Tone tone, String word, String state, String reason, String threshold, String since) {}

    /** @param time of day */
    record EventRow(String time, String at, Tone tone, String type, String text) {}

    StackView {
        targets = List.copyOf(targets);
        databases = List.copyOf(databases);
        alarms = List.copyOf(alarms);
        events = List.copyOf(events);
    }
}
