package io.failoverlab.bench;

import java.util.Locale;

/** Numbers for people: three digits, or all that stand before the point. */
final class Numbers {
    private Numbers() {}

    static String text(double number) {
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e15) {
            return "%d".formatted((long) number);
        }
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
