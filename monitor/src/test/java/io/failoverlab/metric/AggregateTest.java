package io.failoverlab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {
    private static double[] numbers(double... numbers) {
        return numbers;
    }

    private static OptionalDouble read(String statistic, Aggregate aggregate) {
        return Statistic.parse(statistic).orElseThrow().of(aggregate);
    }

    @Test
    void valuesAddUpHoweverTheyArrive() {
        Aggregate oneByOne = Aggregate.ofValue(3)
                .plus(Aggregate.ofValue(1))
                .plus(Aggregate.ofValue(3))
                .plus(Aggregate.ofValue(2));
        Aggregate atOnce = Aggregate.ofValues(Distribution.of(numbers(2, 3, 1), numbers(1, 2, 1)));
        Rollup rollup = new Rollup(true);
        List.of(3.0, 1.0, 3.0, 2.0).forEach(value -> rollup.add(Aggregate.ofValue(value)));
        assertThat(oneByOne).isEqualTo(atOnce).isEqualTo(rollup.toAggregate());
        assertThat(oneByOne.distribution()).contains(Distribution.of(numbers(1, 2, 3), numbers(1, 1, 2)));
    }

    @ParameterizedTest
    @CsvSource({"p0,1", "p1,1", "p50,50", "p50.1,51", "p90,90", "p99,99", "p99.9,100", "p100,100"})
    void aPercentileIsTheNearestRank(String statistic, double expected) {
        double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        double[] once = IntStream.rangeClosed(1, 100).mapToDouble(i -> 1).toArray();
        assertThat(read(statistic, Aggregate.ofValues(Distribution.of(hundred, once))))
                .hasValue(expected);
    }

    @Test
    void countsWeighInPercentiles() {
        Aggregate aggregate = Aggregate.ofValues(Distribution.of(numbers(1, 9), numbers(98, 2)));
        assertThat(read("p98", aggregate)).hasValue(1);
        assertThat(read("p98.01", aggregate)).hasValue(9);
    }

    @Test
    void aStatisticSetHidesItsValuesUnlessTheyAreAllEqual() {
        assertThat(read("p50", Aggregate.ofStatisticSet(3, 12, 2, 6))).isEmpty();
        assertThat(read("p50", Aggregate.ofStatisticSet(3, 12, 4, 4))).hasValue(4);
        assertThat(read("p50", Aggregate.ofStatisticSet(3, 12, 2, 6).plus(Aggregate.ofValue(1))))
                .isEmpty();
        assertThat(read("p50", Aggregate.ofStatisticSet(3, 12, 4, 4).plus(Aggregate.ofValue(1))))
                .hasValue(4);
    }

    @Test
    void thereIsNoPercentileOfNegativeValues() {
        assertThat(read("p50", Aggregate.ofValue(-1))).isEmpty();
        assertThat(read("Minimum", Aggregate.ofValue(-1))).hasValue(-1);
    }

    @Test
    void refusedValuesAreNamed() {
        assertThatThrownBy(() -> Aggregate.ofStatisticSet(0, 1, 2, 1))
                .hasMessageContaining("count 0.0")
                .hasMessageContaining("minimum 2.0");
        assertThatThrownBy(() -> MetricId.of(":aws", "CPU", Map.of())).hasMessageContaining(":aws");
    }
}
