package io.failoverlab.app;

import java.time.Duration;

/** The one place where the shop sleeps. */
interface PauseScheduler {
    void pause(Duration duration) throws InterruptedException;

    static PauseScheduler system() {
        return Thread::sleep;
    }
}
