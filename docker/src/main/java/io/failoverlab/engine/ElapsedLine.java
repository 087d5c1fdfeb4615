package io.failoverlab.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Says every few seconds that something still goes on, and for how long. Used by one thread. */
final class ElapsedLine {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String subject;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final Instant start;
    private Instant spoken;

    ElapsedLine(String subject, InstantSource clock, Consumer<String> progress) {
        this.subject = subject;
        this.clock = clock;
        this.progress = progress;
        this.start = clock.instant();
        this.spoken = start;
    }

    /** To be called often; speaks when it is time to. */
    void still(String doing) {
        Instant now = clock.instant();
        if (Duration.between(spoken, now).compareTo(INTERVAL) >= 0) {
            spoken = now;
            progress.accept(subject + ": " + doing + "… " + seconds() + " s");
        }
    }

    void ended(String done) {
        progress.accept(subject + ": " + done + ", " + seconds() + " s");
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    private long seconds() {
        return elapsed().toSeconds();
    }
}
