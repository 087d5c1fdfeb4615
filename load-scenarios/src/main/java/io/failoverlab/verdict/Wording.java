package io.failoverlab.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How numbers are written, the same in every report. */
public final class Wording {
    private Wording() {}

    /** {@code 18,012} */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 alarm}, {@code 2 alarms} */
    public static String counted(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A length of time to the millisecond: {@code 140 ms}, {@code 1.004 s}. */
    public static String time(Duration value) {
        long millis = value.toMillis();
        return Math.abs(millis) < 1_000 ? millis + " ms" : BigDecimal.valueOf(millis, 3) + " s";
    }

    /** A point on the elapsed axis, for running text: {@code 20.0 s}. */
    public static String moment(Duration at) {
        return seconds(at, 1) + " s";
    }

    /** A point on the elapsed axis to the millisecond: {@code 20.004 s}. */
    public static String exactMoment(Duration at) {
        return seconds(at, 3) + " s";
    }

    /** A share of a whole; what is more than nothing is never written as nothing: {@code <0.01 %}. */
    public static String percent(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        double percent = 100.0 * part / whole;
        return percent < 0.01 ? "<0.01 %" : String.format(Locale.ROOT, percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    /** A share that is less than the whole and never written as all of it, cut off after two digits of what is missing. */
    static String percentBelowWhole(long part, long whole) {
        BigDecimal missing = BigDecimal.valueOf(whole - part)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(whole), new MathContext(2, RoundingMode.UP));
        return BigDecimal.valueOf(100).subtract(missing).stripTrailingZeros().toPlainString() + " %";
    }

    private static String seconds(Duration at, int decimals) {
        return BigDecimal.valueOf(at.toNanos(), 9)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
