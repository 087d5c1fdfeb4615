package io.failoverlab.alarm;

import java.time.Duration;

/**
 * How it went when alarms were evaluated because their time had come.
 *
 * @param lag from that time until all of them were evaluated and what changed was saved
 * @param duration the part of it that the work took
 * @param alarms how many they were
 */
public record EvaluationRound(Duration lag, Duration duration, int alarms) {
    public static final EvaluationRound NONE = new EvaluationRound(Duration.ZERO, Duration.ZERO, 0);

    public EvaluationRound {
        if (alarms < 0) {
            throw new IllegalArgumentException("expected no negative number of alarms, found " + alarms);
        }
    }

    /** The longer lag of the two, and the longer duration with the alarms that it was for. */
    public EvaluationRound worseOf(EvaluationRound other) {
        EvaluationRound longer = duration.compareTo(other.duration) >= 0 ? this : other;
        return new EvaluationRound(lag.compareTo(other.lag) >= 0 ? lag : other.lag, longer.duration, longer.alarms);
    }
}
