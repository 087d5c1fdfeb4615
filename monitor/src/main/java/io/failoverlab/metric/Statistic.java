package io.failoverlab.metric;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number read from an {@link Aggregate}; {@link #toString()} is the name on the wire, as it was given (CloudWatch User Guide,
 * "CloudWatch statistics definitions").
 */
public sealed interface Statistic {
    /** For messages: what {@link #parse} understands. */
    String FORMS = "SampleCount, Average, Sum, Minimum, Maximum, a percentile like p99.9, tm90, tc90, ts90 or wm90,"
            + " TM, TC, TS or WM with ascending bounds like (10%:90%), (:95%) or (0.1:2.5), IQM, or PR with bounds like (:0.3)";

    /** Empty where the statistic does not exist for this data, for example a percentile of a statistic set. */
    OptionalDouble of(Aggregate aggregate);

    /** Whether it is read from the values themselves, which a store may keep apart. */
    boolean needsDistribution();

    /** Empty if the name is none of {@link #FORMS}; numbers have up to ten decimals. */
    static Optional<Statistic> parse(String wireName) {
        for (Simple simple : Simple.values()) {
            if (simple.wireName.equals(wireName)) {
                return Optional.of(simple);
            }
        }
        return StatisticName.parse(wireName).map(Statistic.class::cast);
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
     * Those that look at the values one by one, which the API calls extended. They do not exist where a statistic set hides the
     * values, nor if any value is negative.
     */
    sealed interface Extended extends Statistic {
        OptionalDouble of(Distribution values);

        /** Whether it lies between the least and the greatest value, which are known exactly whatever the others were rounded to. */
        boolean isAmongTheValues();

        @Override
        default OptionalDouble of(Aggregate aggregate) {
            Optional<Distribution> values = aggregate.minimum() < 0 ? Optional.empty() : aggregate.distribution();
            OptionalDouble found = values.map(this::of).orElse(OptionalDouble.empty());
            return found.isPresent() && isAmongTheValues()
                    ? OptionalDouble.of(Math.clamp(found.getAsDouble(), aggregate.minimum(), aggregate.maximum()))
                    : found;
        }

        @Override
        default boolean needsDistribution() {
            return true;
        }
    }

    /**
     * The value that so many percent of the values do not exceed.
     *
     * @param percent 0 to 100
     */
    record Percentile(BigDecimal percent, String wireName) implements Extended {
        public Percentile {
            Objects.requireNonNull(wireName, "wireName");
            if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                throw new IllegalArgumentException("a percentile is between 0 and 100, found " + percent);
            }
        }

        public Percentile(BigDecimal percent) {
            this(percent, "p" + percent.toPlainString());
        }

        @Override
        public OptionalDouble of(Distribution values) {
            return OptionalDouble.of(values.percentile(percent.doubleValue()));
        }

        @Override
        public boolean isAmongTheValues() {
            return true;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    /** What is made of the values within bounds. */
    enum Measure {
        /** Their mean. */
        TM,
        /** Their number. */
        TC,
        /** Their sum. */
        TS,
        /** The mean of all, where values outside of the bounds count as the bound. */
        WM,
        /** How many percent of all values they are. */
        PR
    }

    /** A number made of the values within bounds: trimmed mean and its like. There is no mean of no values. */
    record Trimmed(Measure measure, Bounds bounds, String wireName) implements Extended {
        @Override
        public OptionalDouble of(Distribution values) {
            Distribution.Part part = bounds.of(values);
            return switch (measure) {
                case TM -> part.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(part.sum() / part.count());
                case TC -> OptionalDouble.of(part.count());
                case TS -> OptionalDouble.of(part.sum());
                case WM -> OptionalDouble.of(bounds.winsorizedSum(values) / values.sampleCount());
                case PR -> OptionalDouble.of(100 * part.count() / values.sampleCount());
            };
        }

        @Override
        public boolean isAmongTheValues() {
            return switch (measure) {
                case TM, WM -> true;
                case TC, TS, PR -> false;
            };
        }

        @Override
        public String toString() {
            return wireName;
        }
    }
}
