package io.failoverlab.alarm;

/** Which clock alarms run by. */
public enum Timing {
    /**
     * Beside CloudWatch's periods, 1 and 5 seconds are allowed for alarms, an extension of this lab: such alarms are evaluated at
     * once when a datapoint of their metric arrives, and again whenever a period ends.
     */
    LAB,
    /** As CloudWatch: every minute, and every 10 seconds for periods below a minute. */
    AWS;

    /** Whether an alarm of this period, in seconds, can be defined. */
    public boolean allowsPeriod(int period) {
        return switch (period) {
            case 1, 5 -> this == LAB;
            case 10, 20, 30 -> true;
            default -> period > 0 && period % 60 == 0;
        };
    }

    /** Whether alarms of this period are evaluated when a datapoint arrives. */
    boolean evaluatesOnArrival(int period) {
        return this == LAB && period < 10;
    }

    /** Seconds between two evaluations by the clock; they happen at multiples of it. */
    int step(int period) {
        if (evaluatesOnArrival(period)) {
            return period;
        }
        return period < 60 ? 10 : 60;
    }
}
