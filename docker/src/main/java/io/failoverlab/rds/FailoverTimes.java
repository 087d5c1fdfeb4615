package io.failoverlab.rds;

import java.time.Duration;
import java.time.Instant;

/**
 * When a failover did what: the phases of its outage. A moment that has not come yet is that of the phase before.
 *
 * @param why it was begun
 * @param failed the old primary took its last breath, as far as can be known
 * @param decided it was found, and the failover begun
 * @param promoted the new one is open
 * @param moved clients are led to it
 */
public record FailoverTimes(
        String from, String to, String why, Instant failed, Instant decided, Instant promoted, Instant moved) {
    /** There was none. */
    public static final FailoverTimes NONE =
            new FailoverTimes("", "", "", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    static FailoverTimes begun(String from, String to, String why, Instant failed, Instant decided) {
        return new FailoverTimes(from, to, why, failed, decided, decided, decided);
    }

    FailoverTimes promoted(Instant at) {
        return new FailoverTimes(from, to, why, failed, decided, at, at);
    }

    FailoverTimes moved(Instant at) {
        return new FailoverTimes(from, to, why, failed, decided, promoted, at);
    }

    /** From the failure to the decision. */
    public Duration detect() {
        return Duration.between(failed, decided);
    }

    /** Fence, apply, open. */
    public Duration promote() {
        return Duration.between(decided, promoted);
    }

    /** Lead clients to it. */
    public Duration endpoint() {
        return Duration.between(promoted, moved);
    }
}
