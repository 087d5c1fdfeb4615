package io.failoverlab.report;

import io.failoverlab.history.Event;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The time axis that all charts and lanes of the page share, in seconds since the start of the load.
 *
 * @param end the end of the load, or of what the charts show after it
 * @param step seconds that one point of a chart stands for: one, or more where a long run would make the page too large
 */
record Axis(double end, int step) {
    private static final int MOST_POINTS = 1_200;
    private static final int[] STEPS = {1, 2, 5, 10, 30, 60, 300, 600, 3_600};

    static Axis of(History history) {
        Duration end = Stream.of(
                        Event.LoadEnded.class,
                        Event.FaultInjected.class,
                        Event.FaultHealed.class,
                        Event.TargetStateChanged.class,
                        Event.AlarmStateChanged.class,
                        Event.LoadSecond.class)
                .flatMap(history::events)
                .map(event ->
                        event instanceof Event.LoadSecond second ? second.at().plusSeconds(1) : event.at())
                .max(Comparator.naturalOrder())
                .filter(at -> at.compareTo(Duration.ofSeconds(1)) > 0)
                .orElse(Duration.ofSeconds(1));
        double seconds = seconds(end);
        int step = IntStream.of(STEPS)
                .filter(candidate -> seconds / candidate <= MOST_POINTS)
                .findFirst()
                .orElse((int) Math.ceil(seconds / MOST_POINTS));
        return new Axis(seconds, step);
    }

    /** The same time with a point for every second. */
    Axis perSecond() {
        return new Axis(end, 1);
    }

    /** Number of points. */
    int points() {
        return (int) Math.ceil(end / step);
    }

    /** The point that a moment belongs to; it may lie outside the axis. */
    int pointOf(Duration at) {
        return (int) Math.floor(seconds(at) / step);
    }

    static double seconds(Duration at) {
        return at.toNanos() / 1e9;
    }
}
