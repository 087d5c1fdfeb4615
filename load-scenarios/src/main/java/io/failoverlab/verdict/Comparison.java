package io.failoverlab.verdict;

import java.util.function.IntPredicate;

/** A comparison of a measured value with a bound. */
enum Comparison {
    // the longer signs first: parsing takes the first that fits
    AT_MOST("<=", order -> order <= 0),
    AT_LEAST(">=", order -> order >= 0),
    LESS("<", order -> order < 0),
    MORE(">", order -> order > 0),
    EQUAL("=", order -> order == 0);

    private final String sign;
    private final IntPredicate holds;

    Comparison(String sign, IntPredicate holds) {
        this.sign = sign;
        this.holds = holds;
    }

    String sign() {
        return sign;
    }

    <T extends Comparable<T>> Outcome outcome(T measured, T bound) {
        return holds.test(measured.compareTo(bound)) ? Outcome.MET : Outcome.NOT_MET;
    }

    /** The value is not known, only that it is more than {@code atLeast}. */
    <T extends Comparable<T>> Outcome outcomeAbove(T atLeast, T bound) {
        if (atLeast.compareTo(bound) < 0) {
            return Outcome.UNKNOWN;
        }
        return holds.test(1) ? Outcome.MET : Outcome.NOT_MET;
    }
}
