package io.failoverlab.alarm;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The rule of a composite alarm, which is true or false for given states of other alarms. {@link AlarmRuleParser} reads it
 * (CloudWatch API Reference, PutCompositeAlarm: AlarmRule).
 *
 * @param text as it was given
 * @param children names of the alarms it watches, in the order they are named first
 */
public record AlarmRule(String text, Term term, Set<String> children) {
    public AlarmRule {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(children, "children");
    }

    /** A part of a rule. */
    sealed interface Term {
        boolean holds(Function<String, AlarmState> states);

        /** {@code TRUE} or {@code FALSE}. */
        record Constant(boolean value) implements Term {
            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return value;
            }
        }

        /** {@code ALARM(name)} and the like. */
        record InState(AlarmState state, String alarm) implements Term {
            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return states.apply(alarm) == state;
            }
        }

        record Not(Term term) implements Term {
            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return !term.holds(states);
            }
        }

        record And(List<Term> terms) implements Term {
            public And {
                terms = List.copyOf(terms);
            }

            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return terms.stream().allMatch(term -> term.holds(states));
            }
        }

        record Or(List<Term> terms) implements Term {
            public Or {
                terms = List.copyOf(terms);
            }

            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return terms.stream().anyMatch(term -> term.holds(states));
            }
        }

        /**
         * {@code AT_LEAST(2, ALARM, (a, b, c))} or {@code AT_LEAST(60%, NOT OK, (a, b, c))}.
         *
         * @param needed how many of the alarms; a percentage was rounded up to whole alarms
         * @param inState false for {@code NOT}: the alarms that are in another state count
         */
        record AtLeast(int needed, AlarmState state, boolean inState, List<String> alarms) implements Term {
            public AtLeast {
                alarms = List.copyOf(alarms);
            }

            @Override
            public boolean holds(Function<String, AlarmState> states) {
                return alarms.stream()
                                .filter(alarm -> (states.apply(alarm) == state) == inState)
                                .count()
                        >= needed;
            }
        }
    }

    /** @param states tells the state of each of {@link #children} */
    boolean holds(Function<String, AlarmState> states) {
        return term.holds(states);
    }
}
