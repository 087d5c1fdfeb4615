package io.failoverlab.verdict;

import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo.LoadPlan;
import java.time.Duration;

/**
 * The generator itself never fell behind. A stalled generator sends what is overdue in one burst and measures it from the
 * real start, so the stall cannot be seen in any latency; only its lag shows it.
 */
final class InjectorWasNotStarved implements Assumption {
    private static final Duration LONGEST_LAG = Duration.ofMillis(500);
    /** At low rates one request on the edge of a second is no lag. */
    private static final int SLACK = 3;

    @Override
    public AssumptionResult test(History history) {
        long behind = 0;
        long furthest = 0;
        Duration when = Duration.ZERO;
        long rateThen = 1;
        for (LoadSecond second : history.events(LoadSecond.class).toList()) {
            behind = Math.max(0, behind + second.scheduled() - second.started());
            if (behind > furthest) {
                furthest = behind;
                when = second.at();
                rateThen = Math.max(1, second.scheduled());
            }
        }
        LoadPlan load = history.run().experiment().load();
        // During a ramp the rate to come is what counts; a rate that changes has no such one.
        double rate = load.rates().isEmpty() ? load.ratePerSecond() : rateThen;
        Duration lag = Duration.ofMillis(Math.round(1_000 * furthest / rate));
        boolean recorded = history.events(LoadSecond.class).findAny().isPresent();
        return new AssumptionResult(
                "injector-not-starved",
                "The load generator kept up",
                recorded && (furthest <= SLACK || lag.compareTo(LONGEST_LAG) <= 0),
                "never more than " + Wording.time(LONGEST_LAG) + " behind its schedule",
                found(recorded, furthest, lag, when));
    }

    private static String found(boolean recorded, long furthest, Duration lag, Duration when) {
        if (!recorded) {
            return "no counts of the generator";
        }
        return furthest == 0
                ? "never behind"
                : Wording.count(furthest) + " requests (" + Wording.time(lag) + ") behind at " + Wording.moment(when);
    }
}
