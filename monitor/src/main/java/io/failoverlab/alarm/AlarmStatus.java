package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Objects;

/**
 * The state an alarm is in, and why.
 *
 * @param reason in CloudWatch's words
 * @param reasonData the same as a JSON object in text form; empty text where there is none
 * @param explanation why, for people; empty text where there is nothing to add. Kept apart from the reason, which clients of
 *     CloudWatch may parse
 * @param since when this state was entered
 */
public record AlarmStatus(AlarmState state, String reason, String reasonData, String explanation, Instant since) {
    public AlarmStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(reasonData, "reasonData");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(since, "since");
    }

    /** What every new alarm begins with. */
    static AlarmStatus initial(Instant now) {
        return new AlarmStatus(AlarmState.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", "", "", now);
    }
}
