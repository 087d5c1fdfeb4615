package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What has to be done in the end, and may not be possible yet: it is tried at once, and then again and again. */
final class UntilDone implements AutoCloseable {
    /** One attempt; failed if it throws. */
    interface Attempt {
        void run() throws SQLException;
    }

    private final Attempt attempt;
    private boolean over;
    private Optional<AutoCloseable> timer = Optional.empty();

    private UntilDone(Attempt attempt) {
        this.attempt = attempt;
    }

    /** @param every from one attempt to the next */
    static UntilDone begin(LabScheduler scheduler, Duration every, Attempt attempt) {
        UntilDone begun = new UntilDone(attempt);
        begun.run();
        synchronized (begun) {
            if (!begun.over) {
                begun.timer = Optional.of(scheduler.every(every, begun::run));
            }
        }
        return begun;
    }

    private synchronized void run() {
        if (over) {
            return;
        }
        try {
            attempt.run();
            close();
        } catch (SQLException | RuntimeException notYet) {
            // It is tried again.
        }
    }

    /** Tries no more: it returns when an attempt that is under way has ended. */
    @Override
    public synchronized void close() {
        over = true;
        timer.ifPresent(it -> {
            try {
                it.close();
            } catch (Exception ended) {
                // a timer that had ended
            }
        });
    }
}
