package io.failoverlab.topology;

import java.time.Duration;

/**
 * Whose clocks the balancer runs by.
 *
 * @param clocks the topology's own, made for a rehearsal, or AWS's documented defaults
 * @param scale that AWS's clocks are divided by, 1 to 100: with more, a health check would have less than the 50 ms it
 *     needs. Network time-outs are not divided
 */
public record Timing(Clocks clocks, int scale) {
    public static final int MAX_SCALE = 100;
    /** Of the names of RDS. */
    public static final Duration AWS_ENDPOINT_TTL = Duration.ofSeconds(5);

    public static final Timing LAB = new Timing(Clocks.LAB, 1);

    /** Where the values come from. */
    public enum Clocks {
        LAB,
        AWS
    }

    public Timing {
        if (scale < 1 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("expected a time scale from 1 to " + MAX_SCALE + ", found " + scale);
        }
        if (clocks == Clocks.LAB && scale != 1) {
            throw new IllegalArgumentException("expected a time scale only with AWS's clocks, found " + scale
                    + " with the lab's; add --timing aws");
        }
    }

    /** How long an application keeps the database's address; not divided, since resolvers count in seconds. */
    public Duration endpointTtl() {
        return switch (clocks) {
            case LAB -> Duration.ZERO;
            case AWS -> AWS_ENDPOINT_TTL;
        };
    }

    /** {@code lab}, {@code aws} or {@code aws / 10}. */
    @Override
    public String toString() {
        return switch (clocks) {
            case LAB -> "lab";
            case AWS -> scale == 1 ? "aws" : "aws / " + scale;
        };
    }
}
