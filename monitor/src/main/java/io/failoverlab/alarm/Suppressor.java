package io.failoverlab.alarm;

import io.failoverlab.alarm.Suppression.By;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The alarm that holds back the actions of a composite alarm while it is in ALARM (CloudWatch User Guide, "Composite alarm action
 * suppression"). Nothing here reads a clock: every method is a pure function of its arguments.
 *
 * @param given its name or ARN, as it was given
 * @param alarmName its name
 * @param waitPeriod how long a composite alarm that changed waits for the suppressor to go to ALARM, in seconds
 * @param extensionPeriod how long it waits after the suppressor left ALARM, in seconds
 */
public record Suppressor(String given, String alarmName, int waitPeriod, int extensionPeriod) {
    public Suppressor {
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(alarmName, "alarmName");
        if (waitPeriod < 0 || extensionPeriod < 0) {
            throw new IllegalArgumentException(
                    "wait and extension period must not be negative, found " + waitPeriod + " and " + extensionPeriod);
        }
    }

    /** The composite alarm changed: whatever waited until now is forgotten, and its actions for the new state wait. */
    Suppression changed(boolean suppressorInAlarm, Suppression.Pending pending, Instant now) {
        return suppressorInAlarm
                ? new Suppression(By.ALARM, Optional.empty(), pending)
                : new Suppression(By.WAIT_PERIOD, Optional.of(now.plusSeconds(waitPeriod)), pending);
    }

    /** The suppressor went to ALARM or left it while actions wait. */
    Suppression suppressorChanged(Suppression suppression, boolean suppressorInAlarm, Instant now) {
        if (suppressorInAlarm) {
            return new Suppression(By.ALARM, Optional.empty(), suppression.pending());
        }
        return suppression.by() == By.ALARM
                ? new Suppression(
                        By.EXTENSION_PERIOD, Optional.of(now.plusSeconds(extensionPeriod)), suppression.pending())
                : suppression;
    }

    /** Begins a period anew that is farther away than it is long: the clock was set back. */
    Suppression corrected(Suppression suppression, Instant now) {
        Instant latest = now.plusSeconds(suppression.by() == By.WAIT_PERIOD ? waitPeriod : extensionPeriod);
        return suppression.until().filter(until -> until.isAfter(latest)).isPresent()
                ? new Suppression(suppression.by(), Optional.of(latest), suppression.pending())
                : suppression;
    }
}
