package io.failoverlab.alarm;

import java.time.Instant;

/** An alarm that an engine keeps, and what the engine remembers of it. Equal only to itself. */
final class WatchedAlarm {
    private Alarm alarm;
    private Instant scaled = Instant.MIN;

    WatchedAlarm(Alarm alarm) {
        this.alarm = alarm;
    }

    Alarm alarm() {
        return alarm;
    }

    void become(Alarm changed) {
        alarm = changed;
    }

    String name() {
        return alarm.name();
    }

    AlarmState state() {
        return alarm.status().state();
    }

    /** When its scaling policies were told last. */
    Instant scaled() {
        return scaled;
    }

    void scaledAt(Instant now) {
        scaled = now;
    }
}
