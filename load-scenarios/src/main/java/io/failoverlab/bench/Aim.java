package io.failoverlab.bench;

import java.util.OptionalDouble;

/** What a figure should come to. */
sealed interface Aim {
    /** Whether it does; false if that cannot be said. */
    boolean isMet(Spread spread, OptionalDouble ratio);

    /** No aim: the figure is there to compare with. */
    record None() implements Aim {
        @Override
        public boolean isMet(Spread spread, OptionalDouble ratio) {
            return true;
        }

        @Override
        public String toString() {
            return "-";
        }
    }

    /** The median is at most the bound, in the figure's unit. */
    record MedianAtMost(double bound) implements Aim {
        @Override
        public boolean isMet(Spread spread, OptionalDouble ratio) {
            return spread.median() <= bound;
        }

        @Override
        public String toString() {
            return "median <= " + Numbers.text(bound);
        }
    }

    /** The median is at least the bound, in the figure's unit. */
    record MedianAtLeast(double bound) implements Aim {
        @Override
        public boolean isMet(Spread spread, OptionalDouble ratio) {
            return spread.median() >= bound;
        }

        @Override
        public String toString() {
            return "median >= " + Numbers.text(bound);
        }
    }

    /** The 99th percentile is at most the bound, in the figure's unit. */
    record P99AtMost(double bound) implements Aim {
        @Override
        public boolean isMet(Spread spread, OptionalDouble ratio) {
            return spread.p99() <= bound;
        }

        @Override
        public String toString() {
            return "p99 <= " + Numbers.text(bound);
        }
    }

    /** The median is at most that many times the peer's. */
    record RatioAtMost(double bound) implements Aim {
        @Override
        public boolean isMet(Spread spread, OptionalDouble ratio) {
            return ratio.isPresent() && ratio.getAsDouble() <= bound;
        }

        @Override
        public String toString() {
            return "ratio <= " + Numbers.text(bound);
        }
    }
}
