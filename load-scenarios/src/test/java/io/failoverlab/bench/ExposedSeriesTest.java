package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposedSeriesTest {
    private static List<String> samples(int series, long second) {
        return ExposedSeries.page(series, second)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static String name(String sample) {
        return sample.substring(0, sample.lastIndexOf(' '));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 33, 200, 1_000})
    void thereAreAsManySeriesAsAskedForEachOnce(int series) {
        List<String> samples = samples(series, 1_700_000_000);
        Set<String> names = samples.stream().map(ExposedSeriesTest::name).collect(Collectors.toSet());
        assertThat(samples).hasSize(series);
        assertThat(names).hasSize(series);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void allOfThemChangeWithEverySecond(int series) {
        assertThat(samples(series, 1_700_000_001)).doesNotContainAnyElementsOf(samples(series, 1_700_000_000));
    }
}
