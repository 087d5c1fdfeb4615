package io.failoverlab.verdict;

import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The load was really delivered: counted at the generator by requests started, in total and in every judged second, up to
 * its planned end.
 */
final class LoadWasOnSchedule implements Assumption {
    private static final double TOTAL_TOLERANCE = 0.01;
    private static final double SECOND_TOLERANCE = 0.2;
    /** At low rates a request on the edge of a second must not count as starvation. */
    private static final int SLACK = 3;

    private static final Duration LONGEST_GAP = Duration.ofMillis(1_500);

    @Override
    public AssumptionResult test(History history) {
        Optional<String> problem = Windows.of(history)
                .map(windows -> problem(history, windows))
                .orElse(Optional.of("judging never started"));
        return new AssumptionResult(
                "load-on-schedule",
                "The load was delivered on schedule",
                problem.isEmpty(),
                "started within 1 % of scheduled, no second below 80 %, to the planned end",
                problem.orElseGet(() -> summary(history)));
    }

    private static Optional<String> problem(History history, Windows windows) {
        Optional<LoadEnded> end = history.events(LoadEnded.class).findFirst();
        if (end.isEmpty()) {
            return Optional.of("the load has no end");
        }
        if (!end.get().asPlanned()) {
            return Optional.of("the load ended early at "
                    + Wording.moment(end.get().at()) + ": " + end.get().reason());
        }
        List<LoadSecond> judged = history.events(LoadSecond.class)
                .filter(second -> second.at().compareTo(windows.from()) >= 0
                        && second.at().plusSeconds(1).compareTo(windows.to()) <= 0)
                .toList();
        String arrivals = history.run().experiment().load().arrivals();
        return gap(judged, windows).or(() -> starved(judged, arrivals)).or(() -> offInTotal(judged, arrivals));
    }

    private static Optional<String> gap(List<LoadSecond> seconds, Windows windows) {
        Duration expectedNext = windows.from();
        for (LoadSecond second : seconds) {
            if (second.at().minus(expectedNext).compareTo(LONGEST_GAP) > 0) {
                return Optional.of(
                        "no count between " + Wording.moment(expectedNext) + " and " + Wording.moment(second.at()));
            }
            expectedNext = second.at().plusSeconds(1);
        }
        return windows.to().minus(expectedNext).compareTo(LONGEST_GAP) > 0
                ? Optional.of("no count after " + Wording.moment(expectedNext))
                : Optional.empty();
    }

    private static Optional<String> starved(List<LoadSecond> seconds, String arrivals) {
        return seconds.stream()
                .filter(second -> second.started() + SLACK < second.scheduled() * (1 - SECOND_TOLERANCE))
                .findFirst()
                .map(second -> "only " + Wording.count(second.started()) + " of " + Wording.count(second.scheduled())
                        + " " + arrivals + " were started in the second from " + Wording.moment(second.at()));
    }

    private static Optional<String> offInTotal(List<LoadSecond> seconds, String arrivals) {
        long scheduled = seconds.stream().mapToLong(LoadSecond::scheduled).sum();
        long started = seconds.stream().mapToLong(LoadSecond::started).sum();
        return Math.abs(started - scheduled) > Math.max(SLACK, scheduled * TOTAL_TOLERANCE)
                ? Optional.of(
                        Wording.count(started) + " of " + Wording.count(scheduled) + " " + arrivals + " were started")
                : Optional.empty();
    }

    private static String summary(History history) {
        long scheduled = history.events(LoadSecond.class)
                .mapToLong(LoadSecond::scheduled)
                .sum();
        long started =
                history.events(LoadSecond.class).mapToLong(LoadSecond::started).sum();
        return Wording.count(started) + " of " + Wording.count(scheduled) + " "
                + history.run().experiment().load().arrivals() + " started";
    }
}
