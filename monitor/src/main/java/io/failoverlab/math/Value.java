package io.failoverlab.math;

import java.util.List;

/** What an expression gave. */
sealed interface Value {
    /** @param number NaN if there is none, as of a division by zero */
    record Scalar(double number) implements Value {}

    /** One time series. */
    record One(Series series) implements Value {}

    /** An array of time series. */
    record Many(List<Series> series) implements Value {
        public Many {
            series = List.copyOf(series);
        }
    }
}
