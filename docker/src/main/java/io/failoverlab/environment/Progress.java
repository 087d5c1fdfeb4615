package io.failoverlab.environment;

import java.time.Duration;

/** Told what is being waited for. Called from several threads. */
public interface Progress {
    /** The step began; several may be under way. */
    void started(String step);

    /** What the step waits for changed. */
    void waiting(String step, String what);

    /** The step ended well. */
    void finished(String step, Duration took);
}
