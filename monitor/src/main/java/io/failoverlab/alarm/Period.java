package io.failoverlab.alarm;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * One period as an alarm is judged by it.
 *
 * @param value empty where data is missing
 * @param sampleCount how many values stand behind it, where that is known
 */
record Period(Instant start, OptionalDouble value, OptionalDouble sampleCount) {
    static Period missing(Instant start) {
        return new Period(start, OptionalDouble.empty(), OptionalDouble.empty());
    }
}
