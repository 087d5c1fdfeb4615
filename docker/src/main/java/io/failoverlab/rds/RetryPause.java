package io.failoverlab.rds;

import java.time.Duration;
import java.time.Instant;

/** Keeps what fails again and again from being tried, and told, all the time: each failure in a row doubles the pause. Pure. */
final class RetryPause {
    /** Six doublings: from five seconds by the lab's clocks to five minutes. */
    private static final int MAX_DOUBLINGS = 6;

    private final Duration first;
    private int failures;
    private Instant next = Instant.MIN;
    private String told = "";

    /** @param first after the first failure; zero to try at every chance */
    RetryPause(Duration first) {
        this.first = first;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(next);
    }

    /** Whether it is to be told: it failed for the first time, or for another reason than before. */
    boolean failed(String why, Instant now) {
        next = now.plus(first.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS)));
        boolean isNews = !why.equals(told);
        told = why;
        return isNews;
    }

    void succeeded() {
        failures = 0;
        next = Instant.MIN;
        told = "";
    }
}
