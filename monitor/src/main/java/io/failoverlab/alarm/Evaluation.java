package io.failoverlab.alarm;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the evaluator decided, and from what.
 *
 * @param points the datapoints that decided, newest first
 * @param filled how many missing periods were judged by the alarm's treatment of missing data
 * @param missing when those began, newest first
 */
record Evaluation(AlarmState state, List<Point> points, int filled, List<Instant> missing) {
    Evaluation {
        points = List.copyOf(points);
        missing = List.copyOf(missing);
    }

    /**
     * A datapoint: the statistic of one period.
     *
     * @param age 1 for the newest period of the evaluation range
     * @param sampleCount how many values stand behind it, where that is known
     */
    record Point(Instant start, int age, double value, OptionalDouble sampleCount, boolean breaching) {}
}
