package io.failoverlab.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticTest {
    /** 1, 2, ... 100. */
    private static final Aggregate HUNDRED =
            values(IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray());

    private static Aggregate values(double... values) {
        return Aggregate.ofValues(Distribution.of(
                values, DoubleStream.generate(() -> 1).limit(values.length).toArray()));
    }

    private static OptionalDouble read(String statistic, Aggregate aggregate) {
        return Statistic.parse(statistic).orElseThrow().of(aggregate);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SampleCount  | 100
        Sum          | 5050
        Average      | 50.5
        Minimum      | 1
        Maximum      | 100
        p0           | 1
        p05          | 5
        p50          | 50
        p50.1        | 51
        p99.9        | 100
        p100.0       | 100
        tm90         | 45.5
        TM(:90%)     | 45.5
        TM(10%:90%)  | 50.5
        TM(98%:)     | 99.5
        TM(10:20)    | 15.5
        TM(:2.5)     | 1.5
        TM(98:)      | 99.5
        IQM          | 50.5
        TM(25%:75%)  | 50.5
        tc90         | 90
        TC(10%:90%)  | 80
        TC(0.5%:)    | 99.5
        TC(10:20)    | 10
        TC(200:300)  | 0
        ts90         | 4095
        TS(80%:)     | 1810
        TS(10:12)    | 23
        wm98         | 50.47
        WM(10%:90%)  | 50.4
        WM(10:90)    | 50.4
        WM(:50)      | 37.75
        PR(:30)      | 30
        PR(10:20)    | 10
        PR(10.5:)    | 90""")
    void everyStatisticOfOneToHundred(String name, double expected) {
        assertThat(read(name, HUNDRED).orElseThrow()).isCloseTo(expected, Offset.offset(1e-9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IQM          | 7
        tm99         | 7
        WM(10%:90%)  | 7
        tc50         | 1.5
        p99          | 7
        PR(:7)       | 100
        PR(7:)       | 0""")
    void equalValuesHaveEveryStatistic(String name, double expected) {
        assertThat(read(name, Aggregate.ofStatisticSet(3, 21, 7, 7))).hasValue(expected);
    }

    @Test
    void aTrimmedSumIsTheMeanTimesTheCount() {
        Aggregate aggregate = values(3, 9, 4, 27, 81.5);
        for (String bounds : new String[] {"(10%:70%)", "(:33.3%)", "(4:30)", "(5:)"}) {
            assertThat(read("TS" + bounds, aggregate).orElseThrow())
                    .as(bounds)
                    .isCloseTo(
                            read("TM" + bounds, aggregate).orElseThrow()
                                    * read("TC" + bounds, aggregate).orElseThrow(),
                            Offset.offset(1e-9));
        }
    }

    @Test
    void thereIsNoMeanOfNoValues() {
        assertThat(read("TM(200:300)", HUNDRED)).isEmpty();
        assertThat(read("TS(200:300)", HUNDRED)).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p50", "tm90", "IQM", "TC(0:3)", "PR(:5)", "wm98"})
    void hiddenOrNegativeValuesHaveNoExtendedStatistic(String name) {
        assertThat(read(name, Aggregate.ofStatisticSet(3, 12, 2, 6))).isEmpty();
        assertThat(read(name, Aggregate.ofStatisticSet(3, 12, 4, 4))).isPresent();
        assertThat(read(name, Aggregate.ofStatisticSet(3, 12, 4, 4).plus(Aggregate.ofStatisticSet(2, 12, 5, 7))))
                .isEmpty();
        assertThat(read(name, values(-1, 2, 3))).isEmpty();
        assertThat(read(name, values(0, 2, 3))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SampleCount",
                "p0.0",
                "p05",
                "p99.90",
                "p99.1234567890",
                "p100",
                "tm99",
                "tc1",
                "ts33.3",
                "wm98",
                "IQM",
                "TM(2%:98%)",
                "TC(0.005:0.030)",
                "TS(80%:)",
                "WM(:95%)",
                "PR(:300)",
                "PR(100:2000)",
                "TM(0:1)"
            })
    void namesArePrintedAsTheyWereGiven(String name) {
        assertThat(Statistic.parse(name).orElseThrow()).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p",
                "p101",
                "p100.1",
                "P50",
                "p-1",
                "p50.",
                "p50.12345678901",
                "average",
                "pr50",
                "iqm",
                "IQM(1:2)",
                "TM99",
                "TM",
                "TM()",
                "TM(:)",
                "TM(5)",
                "TM(5%)",
                "tm(5%:)",
                "TM(5%:10)",
                "TM(90%:10%)",
                "TM(5%:5%)",
                "TM(:101%)",
                "TM( 5%:9%)",
                "TM(-1:5)",
                "PR(5%:10%)",
                "PR(9:3)",
                "tm0:5",
                "XX(1:2)",
                "TM(1:2) "
            })
    void otherFormsAreRefused(String name) {
        assertThat(Statistic.parse(name)).isEmpty();
    }
}
