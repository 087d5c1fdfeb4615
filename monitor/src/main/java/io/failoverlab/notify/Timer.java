package io.failoverlab.notify;

import java.time.Duration;

/** Runs something later, on a thread that it may block. */
@FunctionalInterface
public interface Timer {
    void after(Duration delay, Runnable task);
}
