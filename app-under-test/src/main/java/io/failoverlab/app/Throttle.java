package io.failoverlab.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Lets something happen at most once per interval, whoever asks. */
final class Throttle {
    private final InstantSource clock;
    private final Duration interval;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    Throttle(InstantSource clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    boolean permits() {
        Instant now = clock.instant();
        Instant before = last.get();
        boolean due = before.equals(Instant.MIN) || !now.isBefore(before.plus(interval));
        return due && last.compareAndSet(before, now);
    }
}
