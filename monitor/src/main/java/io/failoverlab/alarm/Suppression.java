package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The actions of a composite alarm wait, and for what.
 *
 * @param until when they are performed if nothing happens before; empty while the suppressor is in ALARM
 */
public record Suppression(By by, Optional<Instant> until, Pending pending) {
    /** The values of ActionsSuppressedBy. */
    public enum By {
        WAIT_PERIOD("WaitPeriod"),
        EXTENSION_PERIOD("ExtensionPeriod"),
        ALARM("Alarm");

        private final String wireName;

        By(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * The change whose actions wait.
     *
     * @param id of the change's history item
     * @param from the state that was left
     */
    public record Pending(String id, AlarmState from) {
        public Pending {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(from, "from");
        }
    }

    public Suppression {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(pending, "pending");
        if (until.isEmpty() != (by == By.ALARM)) {
            throw new IllegalArgumentException(
                    "only a period has an end, and each has one; found " + by + " until " + until);
        }
    }

    /** ActionsSuppressedReason. */
    public String reason() {
        return "Actions suppressed by " + by.wireName();
    }

    boolean isOver(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent();
    }
}
