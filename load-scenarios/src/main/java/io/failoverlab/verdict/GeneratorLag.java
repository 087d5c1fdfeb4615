package io.failoverlab.verdict;

import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo.LoadPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the generator was behind its schedule at most. The longest in time counts: what is few requests at a high rate is a
 * long wait at a low one.
 *
 * @param requests that were due then, and not started
 * @param time how late it was
 * @param at the start of the second at whose end it was so
 */
record GeneratorLag(long requests, Duration time, Duration at) {
    static final Duration LONGEST = Duration.ofMillis(500);
    /** At low rates one request on the edge of a second is no lag. */
    private static final int SLACK = 3;

    boolean tooLong() {
        return requests > SLACK && time.compareTo(LONGEST) > 0;
    }

    static GeneratorLag of(History history) {
        LoadPlan load = history.run().experiment().load();
        GeneratorLag worst = new GeneratorLag(0, Duration.ZERO, Duration.ZERO);
        Overdue overdue = new Overdue();
        for (LoadSecond second : history.events(LoadSecond.class).toList()) {
            overdue.add(second);
            // During the ramp before a steady rate the rate to come is what counts; a rate that changes has no such
            // one.
            Duration time = load.rates().isEmpty()
                    ? Duration.ofMillis(Math.round(1_000 * overdue.requests / load.ratePerSecond()))
                    : overdue.since(second.at().plusSeconds(1));
            GeneratorLag now = new GeneratorLag(overdue.requests, time, second.at());
            worst = now.isWorseThan(worst) ? now : worst;
        }
        return worst;
    }

    /** One that is too long is worse than any that is none. */
    private boolean isWorseThan(GeneratorLag other) {
        return tooLong() == other.tooLong() ? time.compareTo(other.time) > 0 : tooLong();
    }

    /** What is due and was not started, the oldest first. */
    private static final class Overdue {
        private final Deque<LoadSecond> seconds = new ArrayDeque<>();
        /** Of the oldest second. */
        private long started;

        private long requests;

        void add(LoadSecond second) {
            requests = Math.max(0, requests + second.scheduled() - second.started());
            if (second.scheduled() > 0) {
                seconds.add(second);
            }
            started += second.started();
            while (!seconds.isEmpty() && started >= seconds.getFirst().scheduled()) {
                started -= seconds.removeFirst().scheduled();
            }
            if (seconds.isEmpty()) {
                started = 0;
            }
        }

        /** How long ago the oldest was due, if those of a second are spread evenly over it. */
        Duration since(Duration now) {
            if (seconds.isEmpty()) {
                return Duration.ZERO;
            }
            LoadSecond oldest = seconds.getFirst();
            return now.minus(oldest.at().plusMillis(1_000 * started / oldest.scheduled()));
        }
    }
}
