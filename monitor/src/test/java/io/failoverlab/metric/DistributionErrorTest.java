package io.failoverlab.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compressed, beside the exact values. */
class DistributionErrorTest {
    private static final int SIZE = 200_000;
    private static final Percentage BOUND = Percentage.withPercentage(100 * Distribution.RELATIVE_ERROR + 1e-9);
    private static final double[] PERCENTILES = {0, 0.01, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 99.999, 100};

    enum Shape {
        UNIFORM,
        EXPONENTIAL,
        LOG_NORMAL,
        PARETO,
        TWO_PEAKS,
        MOSTLY_ZERO,
        WHOLE_NUMBERS,
        ALL_MAGNITUDES;

        double[] draw(Random random) {
            return DoubleStream.generate(() -> next(random)).limit(SIZE).toArray();
        }

        private double next(Random random) {
            double uniform = random.nextDouble();
            return switch (this) {
                case UNIFORM -> 100 * uniform;
                case EXPONENTIAL -> -Math.log(1 - uniform);
                case LOG_NORMAL -> Math.exp(2 * random.nextGaussian() - 3);
                case PARETO -> Math.pow(1 - uniform, -1 / 1.2);
                case TWO_PEAKS -> Math.abs(random.nextGaussian() + (uniform < 0.3 ? 10 : 1000));
                case MOSTLY_ZERO -> uniform < 0.9 ? 0 : random.nextInt(50_000) + uniform;
                case WHOLE_NUMBERS -> random.nextInt(100_000);
                case ALL_MAGNITUDES -> Math.pow(2, 700 * uniform - 350);
            };
        }
    }

    private static Aggregate rolledUp(double[] values) {
        Rollup rollup = new Rollup(true);
        for (int from = 0; from < values.length; from += 100) {
            double[] second = Arrays.copyOfRange(values, from, from + 100);
            double[] once = new double[second.length];
            Arrays.fill(once, 1);
            rollup.add(Aggregate.ofValues(Distribution.of(second, once)));
        }
        return rollup.toAggregate();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void percentilesAreWithinTheStatedErrorOfTheExactOnes(Shape shape) {
        double[] values = shape.draw(new Random(20260102 + shape.ordinal()));
        Aggregate aggregate = rolledUp(values);
        Arrays.sort(values);
        for (double percent : PERCENTILES) {
            double exact = values[Math.max(0, (int) Math.ceil(SIZE * percent / 100 - 1e-6) - 1)];
            double found = Statistic.parse("p" + BigDecimal.valueOf(percent).toPlainString())
                    .orElseThrow()
                    .of(aggregate)
                    .orElseThrow();
            assertThat(found).as("p" + percent).isCloseTo(exact, BOUND);
        }
        assertThat(aggregate.minimum()).isEqualTo(values[0]);
        assertThat(aggregate.maximum()).isEqualTo(values[SIZE - 1]);
        assertThat(aggregate.sampleCount()).isEqualTo(SIZE);
        assertThat(aggregate.distribution().orElseThrow().sampleCount()).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void meansOverPercentagesAreWithinTheStatedErrorOfTheExactOnes(Shape shape) {
        double[] values = shape.draw(new Random(20260202 + shape.ordinal()));
        Aggregate aggregate = rolledUp(values);
        Arrays.sort(values);
        assertThat(Statistic.parse("IQM").orElseThrow().of(aggregate).orElseThrow())
                .isCloseTo(mean(values, 0.25, 0.75), BOUND);
        assertThat(Statistic.parse("tm99").orElseThrow().of(aggregate).orElseThrow())
                .isCloseTo(mean(values, 0, 0.99), BOUND);
        assertThat(Statistic.parse("TC(1%:99%)").orElseThrow().of(aggregate).orElseThrow())
                .isCloseTo(0.98 * SIZE, Offset.offset(1e-3));
    }

    private static double mean(double[] sorted, double from, double to) {
        return Arrays.stream(sorted, (int) (SIZE * from), (int) (SIZE * to))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void countsBetweenValuesMistakeOnlyWhatIsNearABound(Shape shape) {
        double[] values = shape.draw(new Random(20260302 + shape.ordinal()));
        Aggregate aggregate = rolledUp(values);
        double found = Statistic.parse("TC(:50)").orElseThrow().of(aggregate).orElseThrow();
        assertThat(found)
                .isBetween(
                        count(values, 50 / (1 + Distribution.RELATIVE_ERROR)),
                        count(values, 50 / (1 - Distribution.RELATIVE_ERROR)));
    }

    private static double count(double[] values, double upTo) {
        return Arrays.stream(values).filter(value -> value <= upTo).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 999, 1000})
    void aThousandDifferentValuesAreExact(int size) {
        Rollup rollup = new Rollup(true);
        double[] values = new Random(size).doubles(size).toArray();
        for (int round = 0; round < 3; round++) {
            Arrays.stream(values).forEach(value -> rollup.add(Aggregate.ofValue(value)));
        }
        Arrays.sort(values);
        double[] thrice = new double[size];
        Arrays.fill(thrice, 3);
        assertThat(rollup.toAggregate().distribution()).contains(Distribution.of(values, thrice));
    }

    @Test
    void memoryIsBoundedHoweverLongThePeriod() {
        double[] values = Shape.LOG_NORMAL.draw(new Random(1));
        assertThat(rolledUp(values).distribution().orElseThrow().values()).hasSizeLessThan(2 * Distribution.MAX_EXACT);
    }

    @Test
    void addingUpAgainAndReadingBackDoNotAddToTheError() {
        Distribution once =
                rolledUp(Shape.EXPONENTIAL.draw(new Random(2))).distribution().orElseThrow();
        Distribution readBack = Distribution.of(once.values(), once.counts());
        assertThat(readBack).isEqualTo(once);
        Distribution more = once;
        for (int i = 1; i < 50; i++) {
            more = more.plus(readBack);
        }
        assertThat(more.values()).isEqualTo(once.values());
    }
}
