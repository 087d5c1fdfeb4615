package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Objects;

/**
 * The state an alarm is in, and why.
 *
 * @param reason in words
 * @param reasonData the same as a JSON object in text form; empty text where there is none
 * @param since when this state was entered
 */
public record AlarmStatus(AlarmState state, String reason, String reasonData, Instant since) {
    public AlarmStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(reasonData, "reasonData");
        Objects.requireNonNull(since, "since");
    }

    /** What every new metric alarm begins with. */
    static AlarmStatus initial(Instant now) {
        return new AlarmStatus(AlarmState.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", "", now);
    }
}
