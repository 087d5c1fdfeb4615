package io.failoverlab.metric;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number read from an {@link Aggregate}; {@link #toString()} is the name on the wire. */
public sealed interface Statistic {

    /** Empty where the statistic does not exist for this data, for example a percentile of a statistic set. */
    OptionalDouble of(Aggregate aggregate);

    /** Whether it is read from the values themselves, which a store may keep apart. */
    boolean needsDistribution();

    /**
     * Understands {@code SampleCount Average Sum Minimum Maximum} and {@code pNN} with up to ten decimals; empty for all else.
     */
    static Optional<Statistic> parse(String wireName) {
        for (Simple simple : Simple.values()) {
            if (simple.wireName.equals(wireName)) {
                return Optional.of(simple);
            }
        }
        Matcher matcher = Percentile.FORM.matcher(wireName);
        return matcher.matches() ? Optional.of(new Percentile(new BigDecimal(matcher.group(1)))) : Optional.empty();
    }

    /** The five that every datapoint has. */
    enum Simple implements Statistic {
        SAMPLE_COUNT("SampleCount") {
            @Override
            public OptionalDouble of(Aggregate aggregate) {
                return OptionalDouble.of(aggregate.sampleCount());
            }
        },
        AVERAGE("Average") {
            @Override
            public OptionalDouble of(Aggregate aggregate) {
                return OptionalDouble.of(aggregate.average());
            }
        },
        SUM("Sum") {
            @Override
            public OptionalDouble of(Aggregate aggregate) {
                return OptionalDouble.of(aggregate.sum());
            }
        },
        MINIMUM("Minimum") {
            @Override
            public OptionalDouble of(Aggregate aggregate) {
                return OptionalDouble.of(aggregate.minimum());
            }
        },
        MAXIMUM("Maximum") {
            @Override
            public OptionalDouble of(Aggregate aggregate) {
                return OptionalDouble.of(aggregate.maximum());
            }
        };

        private final String wireName;

        Simple(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public boolean needsDistribution() {
            return false;
        }

        @Override
        public String toString() {
            return wireName;
        }

        public static List<String> wireNames() {
            return Arrays.stream(values()).map(Simple::toString).toList();
        }
    }

    /**
     * The value that so many percent of the values do not exceed.
     *
     * @param percent 0 to 100
     */
    record Percentile(BigDecimal percent) implements Statistic {
        private static final Pattern FORM = Pattern.compile("p(100(?:\\.0{1,10})?|\\d{1,2}(?:\\.\\d{1,10})?)");

        public Percentile {
            if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw new IllegalArgumentException("a percentile is between 0 and 100, found " + percent);
            }
        }

        /** Empty also if any value is negative, as in CloudWatch. */
        @Override
        public OptionalDouble of(Aggregate aggregate) {
            if (aggregate.minimum() < 0 || aggregate.distribution().isEmpty()) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(aggregate.distribution().get().percentile(percent.doubleValue()));
        }

        @Override
        public boolean needsDistribution() {
            return true;
        }

        @Override
        public String toString() {
            return "p" + percent.toPlainString();
        }
    }
}
