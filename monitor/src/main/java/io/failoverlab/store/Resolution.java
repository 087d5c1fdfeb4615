package io.failoverlab.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How finely datapoints are kept, and for how long: below a minute three hours, minutes 15 days, five minutes 63 days, hours 455
 * days (CloudWatch User Guide, "Metrics retention"). A chunk of the file holds one span of one series.
 */
enum Resolution {
    SECOND(1, 300, Duration.ofHours(3)),
    MINUTE(60, 3_600, Duration.ofDays(15)),
    FIVE_MINUTES(300, 6 * 3_600, Duration.ofDays(63)),
    HOUR(3_600, 3 * 86_400, Duration.ofDays(455));

    static final List<Resolution> COARSEST_FIRST =
            Arrays.stream(values()).sorted(Comparator.reverseOrder()).toList();

    final int seconds;
    /** Seconds that a chunk covers. */
    final int span;
    /** In seconds. */
    final long retention;

    Resolution(int seconds, int span, Duration retention) {
        this.seconds = seconds;
        this.span = span;
        this.retention = retention.toSeconds();
    }

    static Resolution ofSeconds(int seconds) {
        for (Resolution resolution : COARSEST_FIRST) {
            if (resolution.seconds == seconds) {
                return resolution;
            }
        }
        throw new IllegalArgumentException("expected 1, 60, 300 or 3600 seconds, found " + seconds);
    }

    /** The coarsest whose datapoints each lie within one window. */
    static Resolution forWindows(long start, int period) {
        return COARSEST_FIRST.stream()
                .filter(resolution -> start % resolution.seconds == 0 && period % resolution.seconds == 0)
                .findFirst()
                .orElseThrow();
    }

    Optional<Resolution> coarser() {
        return this == HOUR ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }

    Resolution finer() {
        return values()[ordinal() - 1];
    }

    long datapointStart(long second) {
        return floor(second, seconds);
    }

    long chunkStart(long second) {
        return floor(second, span);
    }

    private static long floor(long second, long step) {
        return Math.floorDiv(second, step) * step;
    }
}
