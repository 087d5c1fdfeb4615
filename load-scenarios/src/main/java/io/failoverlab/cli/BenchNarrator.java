package io.failoverlab.cli;

import io.failoverlab.experiment.SilentNarrator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says nothing during a run of a benchmark, and notes when the stack was in service. */
final class BenchNarrator extends SilentNarrator {
    private final InstantSource clock;
    private volatile Instant inServiceAt;

    BenchNarrator(InstantSource clock) {
        this.clock = clock;
        this.inServiceAt = clock.instant();
    }

    Instant inServiceAt() {
        return inServiceAt;
    }

    /** The last step to end is that every target is in service. */
    @Override
    public void finished(String step, Duration took) {
        inServiceAt = clock.instant();
    }
}
