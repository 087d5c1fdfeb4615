package io.failoverlab.scrape;

/**
 * Numbers of at most 15 digits with at most one point among or before them, which nearly all exposed numbers are, read without making
 * objects. Both the digits and the power of ten are exact as doubles then, so that their quotient is the double nearest to what is
 * written, as {@link Double#parseDouble} finds it (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
 */
final class PlainNumber {
    private static final int DIGITS = 15;
    private static final double[] POWERS = powers();

    private PlainNumber() {}

    private static double[] powers() {
        double[] powers = new double[DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** NaN for every other text, which may be a number all the same. */
    static double parse(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int first = negative ? from + 1 : from;
        long digits = 0;
        int point = -1;
        for (int at = first; at < to; at++) {
            byte c = text[at];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
            } else if (c == '.' && point < 0) {
                point = at;
            } else {
                return Double.NaN;
            }
            if (at - first > DIGITS) {
                return Double.NaN;
            }
        }
        int count = to - first - (point < 0 ? 0 : 1);
        if (count < 1 || count > DIGITS) {
            return Double.NaN;
        }
        double number = point < 0 ? digits : digits / POWERS[to - point - 1];
        return negative ? -number : number;
    }
}
