package io.failoverlab.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes only when somebody sleeps. */
final class ManualTime implements InstantSource, PauseScheduler {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public void pause(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }
}
