package io.failoverlab.session;

import io.failoverlab.fault.ActiveFault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A fault that is not undone yet.
 *
 * @param where name of an instance, or {@code zone} with the zone's
 * @param instances names of all that it hit
 * @param since as a time of ISO 8601
 * @param until as a time of ISO 8601; empty if it is undone by hand
 * @param evidence what was seen of its effect
 */
public record FaultStatus(
        String fault,
        String where,
        List<String> instances,
        String since,
        String until,
        boolean tookEffect,
        String evidence) {
    public FaultStatus {
        instances = List.copyOf(instances);
    }

    static FaultStatus of(ActiveFault active) {
        return new FaultStatus(
                active.fault().name(),
                active.where(),
                active.instances(),
                time(active.injectedAt()),
                active.until().map(FaultStatus::time).orElse(""),
                active.tookEffect(),
                active.evidence());
    }

    private static String time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** For people. */
    public String line() {
        return fault + " " + where + (instances.equals(List.of(where)) ? "" : " (" + String.join(", ", instances) + ")")
                + " since " + since
                + (until.isEmpty() ? ", until it is undone by hand" : ", undone at " + until)
                + (tookEffect ? "" : "; without effect: " + evidence);
    }
}
