package io.failoverlab.alarm;

/** Numbers as people write them. */
final class Numbers {
    private Numbers() {}

    /** Without a fraction where there is none: 1, not 1.0. */
    static String shortest(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
