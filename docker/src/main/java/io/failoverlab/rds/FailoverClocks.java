package io.failoverlab.rds;

import io.failoverlab.topology.Timing;
import java.time.Duration;

/**
 * How a failover is found. AWS documents 60 to 120 s for the whole of it, and no clocks of its own.
 *
 * @param checkEvery between two active checks
 * @param checkLimit how long a check's write may take
 * @param misses in a row, then the primary has failed
 * @param byEvents whether the engine's own news of a dead or frozen server are taken
 * @param least from the failure to the promotion
 */
public record FailoverClocks(Duration checkEvery, Duration checkLimit, int misses, boolean byEvents, Duration least) {
    private static final FailoverClocks LAB =
            new FailoverClocks(Duration.ofMillis(250), Duration.ofSeconds(1), 2, true, Duration.ZERO);

    /** By whose clocks. */
    public static FailoverClocks of(Timing timing) {
        return switch (timing.clocks()) {
            case LAB -> LAB;
            case AWS ->
                new FailoverClocks(
                        Duration.ofSeconds(10).dividedBy(timing.scale()),
                        Duration.ofSeconds(5).dividedBy(Math.min(5, timing.scale())),
                        3,
                        false,
                        Duration.ofSeconds(60).dividedBy(timing.scale()));
        };
    }
}
