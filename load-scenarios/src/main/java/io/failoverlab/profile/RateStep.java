package io.failoverlab.profile;

import io.failoverlab.document.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a load in which the rate is constant, or rises or falls evenly.
 *
 * @param from requests started a second at its begin, 0 to {@value LoadProfile#MAX_RATE}
 * @param to the same at its end
 * @param length whole seconds, 1 or more; {@value LoadProfile#MAX_RAMP_SECONDS} at most where the rate changes
 */
public record RateStep(int from, int to, Duration length) {
    private static final long MILLIS = 1000;

    public RateStep {
        List<String> problems = new ArrayList<>();
        for (int rate : new int[] {from, to}) {
            if (rate < 0 || rate > LoadProfile.MAX_RATE) {
                problems.add("rate: expected 0 to " + LoadProfile.MAX_RATE + " requests a second, found " + rate);
            }
        }
        if (length.getNano() != 0 || length.isZero() || length.isNegative()) {
            problems.add("expected whole seconds, 1 or more, found " + length.toMillis() + " ms");
        }
        if (from != to && length.toSeconds() > LoadProfile.MAX_RAMP_SECONDS) {
            problems.add("ramp: expected at most " + LoadProfile.MAX_RAMP_SECONDS + " s, found " + length.toSeconds()
                    + " s");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    static RateStep constant(int rate, Duration length) {
        return new RateStep(rate, rate, length);
    }

    boolean isConstant() {
        return from == to;
    }

    /** Twice the requests that are due once that much of the step has passed: a ramp of an odd sum ends on half of one. */
    long twiceDue(Duration elapsed) {
        long at = elapsed.toMillis();
        return isConstant()
                ? 2L * from * at / MILLIS
                : (2L * from * at + (long) (to - from) * at * at / length.toMillis()) / MILLIS;
    }

    /** Twice the requests of the whole step, exactly. */
    long twiceAll() {
        return (from + to) * length.toSeconds();
    }

    /** The rate at that time of the step, to the whole request. */
    int at(Duration elapsed) {
        return from + (int) ((to - from) * elapsed.toMillis() / length.toMillis());
    }

    /** As {@link Rates#parse} reads it. */
    @Override
    public String toString() {
        return isConstant()
                ? from + " for " + DurationText.print(length)
                : from + " to " + to + " in " + DurationText.print(length);
    }
}
