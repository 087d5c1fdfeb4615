package io.failoverlab.verdict;

import io.failoverlab.document.DurationText;
import java.time.Duration;

/** What is expected of a figure. */
sealed interface Condition {

    /** How every report writes it. */
    String text();

    Outcome outcome(Measurement measured);

    record OfCount(Comparison comparison, long bound) implements Condition {
        @Override
        public String text() {
            return comparison.sign() + " " + Wording.count(bound);
        }

        @Override
        public Outcome outcome(Measurement measured) {
            return measured instanceof Measurement.Count count
                    ? comparison.outcome(count.value(), bound)
                    : Outcome.UNKNOWN;
        }
    }

    record OfTime(Comparison comparison, Duration bound) implements Condition {
        @Override
        public String text() {
            return comparison.sign() + " " + DurationText.print(bound);
        }

        @Override
        public Outcome outcome(Measurement measured) {
            return switch (measured) {
                case Measurement.Time time -> comparison.outcome(time.value(), bound);
                case Measurement.Never never -> comparison.outcomeAbove(never.watched(), bound);
                case Measurement.Degraded degraded -> comparison.outcomeAbove(degraded.watched(), bound);
                case Measurement.Count count -> Outcome.UNKNOWN;
                case Measurement.Shares shares -> Outcome.UNKNOWN;
                case Measurement.State state -> Outcome.UNKNOWN;
                case Measurement.Missing missing -> Outcome.UNKNOWN;
            };
        }
    }

    /** It happens, whenever that is, or it does not happen at all. */
    record Happens(boolean expected) implements Condition {
        @Override
        public String text() {
            return expected ? "happens" : "does not happen";
        }

        @Override
        public Outcome outcome(Measurement measured) {
            return switch (measured) {
                case Measurement.Time time -> met(expected);
                case Measurement.Never never -> met(!expected);
                case Measurement.Degraded degraded -> met(!expected);
                case Measurement.Count count -> Outcome.UNKNOWN;
                case Measurement.Shares shares -> Outcome.UNKNOWN;
                case Measurement.State state -> Outcome.UNKNOWN;
                case Measurement.Missing missing -> Outcome.UNKNOWN;
            };
        }
    }

    /** Some targets may stay out of service, as where nothing replaces them; not all. */
    record AtWorstDegraded() implements Condition {
        @Override
        public String text() {
            return "at worst degraded";
        }

        @Override
        public Outcome outcome(Measurement measured) {
            return switch (measured) {
                case Measurement.Time time -> Outcome.MET;
                case Measurement.Degraded degraded -> met(degraded.inService() > 0);
                case Measurement.Never never -> Outcome.UNKNOWN;
                case Measurement.Count count -> Outcome.UNKNOWN;
                case Measurement.Shares shares -> Outcome.UNKNOWN;
                case Measurement.State state -> Outcome.UNKNOWN;
                case Measurement.Missing missing -> Outcome.UNKNOWN;
            };
        }
    }

    /** It ends in that state. */
    record InState(String word) implements Condition {
        @Override
        public String text() {
            return word;
        }

        @Override
        public Outcome outcome(Measurement measured) {
            return measured instanceof Measurement.State state
                    ? met(state.word().equals(word))
                    : Outcome.UNKNOWN;
        }
    }

    private static Outcome met(boolean met) {
        return met ? Outcome.MET : Outcome.NOT_MET;
    }
}
