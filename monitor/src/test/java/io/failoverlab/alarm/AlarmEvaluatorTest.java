package io.failoverlab.alarm;

import static io.failoverlab.alarm.AlarmState.ALARM;
import static io.failoverlab.alarm.AlarmState.INSUFFICIENT_DATA;
import static io.failoverlab.alarm.AlarmState.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlarmEvaluatorTest {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
    private static final int PERIOD = 60;

    /**
     * The two tables of the CloudWatch User Guide, "How alarm state is evaluated when data is missing": newest datapoint on the
     * right, 0 is fine, X breaches, - is missing. "keep" is the state the alarm had.
     */
    private static final String PUBLISHED = """
            | M of N | datapoints | missing           | ignore | breaching | notBreaching |
            | 3 of 3 | 0 - X - X  | OK                | OK     | OK        | OK           |
            | 3 of 3 | 0 - - - -  | OK                | OK     | OK        | OK           |
            | 3 of 3 | - - - - -  | INSUFFICIENT_DATA | keep   | ALARM     | OK           |
            | 3 of 3 | 0 X X - X  | ALARM             | ALARM  | ALARM     | ALARM        |
            | 3 of 3 | - - X - -  | ALARM             | keep   | ALARM     | OK           |
            | 2 of 3 | 0 - X - X  | ALARM             | ALARM  | ALARM     | ALARM        |
            | 2 of 3 | 0 0 X 0 X  | ALARM             | ALARM  | ALARM     | ALARM        |
            | 2 of 3 | 0 - X - -  | OK                | OK     | ALARM     | OK           |
            | 2 of 3 | - - - - 0  | OK                | OK     | ALARM     | OK           |
            | 2 of 3 | - - - X -  | ALARM             | keep   | ALARM     | OK           |
            """;

    /** From the text around the tables, and the figure (three periods in a row, then one that is fine). */
    private static final String FROM_THE_TEXT = """
            | M of N | datapoints | missing | ignore | breaching | notBreaching |
            | 3 of 3 | - - - - X  | OK      | OK     | ALARM     | OK           |
            | 3 of 3 | - - - X -  | OK      | OK     | ALARM     | OK           |
            | 3 of 3 | 0 0 X X X  | ALARM   | ALARM  | ALARM     | ALARM        |
            | 3 of 3 | X X X X 0  | OK      | OK     | OK        | OK           |
            | 3 of 3 | 0 0 0 X 0  | OK      | OK     | OK        | OK           |
            | 1 of 1 | 0 0 X      | ALARM   | ALARM  | ALARM     | ALARM        |
            | 1 of 1 | X 0 -      | OK      | OK     | OK        | OK           |
            | 1 of 1 | X - -      | ALARM   | ALARM  | ALARM     | ALARM        |
            | 1 of 1 | - - -      | INSUFFICIENT_DATA | keep | ALARM | OK          |
            """;

    static Stream<Arguments> cells() {
        return Stream.concat(cells(PUBLISHED), cells(FROM_THE_TEXT));
    }

    private static Stream<Arguments> cells(String table) {
        List<String[]> rows = table.lines()
                .map(line -> line.substring(1).split("\\|"))
                .map(row -> Stream.of(row).map(String::strip).toArray(String[]::new))
                .toList();
        String[] head = rows.getFirst();
        List<Arguments> cells = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 2; column < head.length; column++) {
                for (AlarmState current : AlarmState.values()) {
                    AlarmState expected = row[column].equals("keep") ? current : AlarmState.valueOf(row[column]);
                    cells.add(Arguments.of(row[0], row[1], head[column], current, expected));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}: {1} with {2} missing data, {3} -> {4}")
    @MethodSource("cells")
    void decidesAsPublished(String mOfN, String datapoints, String missing, AlarmState current, AlarmState expected) {
        String[] numbers = mOfN.split(" of ");
        MetricCondition condition = condition("Average")
                .mOfN(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]))
                .missing(missing)
                .build();
        assertThat(evaluate(condition, windows(datapoints), current, NOW).state())
                .isEqualTo(expected);
    }

    @Test
    void thereAreThreeStatesForEachOfTheFortyPublishedCells() {
        assertThat(cells(PUBLISHED)).hasSize(120);
    }

    @ParameterizedTest
    @CsvSource({
        "GreaterThanThreshold,          9.9, OK",
        "GreaterThanThreshold,          10,  OK",
        "GreaterThanThreshold,          10.1,ALARM",
        "GreaterThanOrEqualToThreshold, 9.9, OK",
        "GreaterThanOrEqualToThreshold, 10,  ALARM",
        "LessThanThreshold,             10,  OK",
        "LessThanThreshold,             9.9, ALARM",
        "LessThanOrEqualToThreshold,    10.1,OK",
        "LessThanOrEqualToThreshold,    10,  ALARM",
    })
    void comparesTheValueWithTheThreshold(String operator, double value, AlarmState expected) {
        MetricCondition condition =
                condition("Maximum").operator(operator).threshold(10).build();
        assertThat(evaluateFinished(condition, Aggregate.ofValue(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SampleCount,4", "Sum,100", "Average,25", "Minimum,10", "Maximum,40", "p50,20", "p75,30", "p99,40"})
    void readsTheStatistic(String statistic, double value) {
        Aggregate data = Aggregate.ofValues(Distribution.of(new double[] {40, 10, 30, 20}, new double[] {1, 1, 1, 1}));
        MetricCondition reached = condition(statistic)
                .operator("GreaterThanOrEqualToThreshold")
                .threshold(value)
                .build();
        MetricCondition missed = condition(statistic)
                .operator("GreaterThanOrEqualToThreshold")
                .threshold(value + 0.5)
                .build();
        assertThat(evaluateFinished(reached, data)).isEqualTo(ALARM);
        assertThat(evaluateFinished(missed, data)).isEqualTo(OK);
    }

    @Test
    void aPercentileOfAStatisticSetIsMissingData() {
        Aggregate hidden = Aggregate.ofStatisticSet(10, 100, 1, 50);
        assertThat(evaluateFinished(condition("p99").build(), hidden)).isEqualTo(INSUFFICIENT_DATA);
        assertThat(evaluateFinished(condition("Maximum").build(), hidden)).isEqualTo(ALARM);
    }

    @ParameterizedTest
    @CsvSource({"p99,999,OK", "p99,1000,ALARM", "p50,19,OK", "p50,20,ALARM", "p10,99,OK", "p10,100,ALARM"})
    void aPercentileOfTooFewValuesMayBeIgnored(String percentile, double samples, AlarmState expected) {
        Aggregate data = Aggregate.ofStatisticSet(samples, samples, 1, 1);
        MetricCondition condition =
                condition(percentile).lowSamples(LowSamples.IGNORE).build();
        assertThat(evaluate(condition, finished(data), OK, NOW).state()).isEqualTo(expected);
    }

    /** What an unfinished period proves: only what no later datapoint can take back. */
    @ParameterizedTest
    @CsvSource({
        "Maximum,     GreaterThanOrEqualToThreshold, 10, ALARM",
        "Maximum,     GreaterThanThreshold,          11, ALARM",
        "Maximum,     GreaterThanThreshold,          10, unknown",
        "Maximum,     LessThanThreshold,             9,  unknown",
        "Maximum,     LessThanThreshold,             10, OK",
        "Minimum,     LessThanThreshold,             9,  ALARM",
        "Minimum,     LessThanOrEqualToThreshold,    10, ALARM",
        "Minimum,     LessThanThreshold,             10, unknown",
        "Minimum,     GreaterThanThreshold,          11, unknown",
        "Minimum,     GreaterThanThreshold,          10, OK",
        "Sum,         GreaterThanOrEqualToThreshold, 10, ALARM",
        "Sum,         GreaterThanThreshold,          10, unknown",
        "Sum,         LessThanThreshold,             9,  unknown",
        "Average,     GreaterThanOrEqualToThreshold, 10, unknown",
        "p99,         GreaterThanOrEqualToThreshold, 10, unknown",
    })
    void anUnfinishedPeriodProvesOnlyWhatCannotChange(
            String statistic, String operator, double value, String expected) {
        MetricCondition condition =
                condition(statistic).operator(operator).threshold(10).build();
        Window unfinished = new Window(NOW, Optional.of(Aggregate.ofValue(value)));
        AlarmState state = evaluate(condition, List.of(unfinished), INSUFFICIENT_DATA, NOW.plusMillis(1))
                .state();
        assertThat(state).isEqualTo(expected.equals("unknown") ? INSUFFICIENT_DATA : AlarmState.valueOf(expected));
    }

    @Test
    void aSumWithANegativeValueMayStillFall() {
        MetricCondition condition = condition("Sum").threshold(10).build();
        Aggregate data = Aggregate.ofValue(30).plus(Aggregate.ofValue(-5));
        Window unfinished = new Window(NOW, Optional.of(data));
        assertThat(evaluate(condition, List.of(unfinished), OK, NOW.plusMillis(1))
                        .state())
                .isEqualTo(INSUFFICIENT_DATA);
    }

    @Test
    void aCertainBreachInAnUnfinishedPeriodIsTheNewestDatapoint() {
        MetricCondition condition = condition("Maximum").mOfN(2, 3).build();
        List<Window> windows = new ArrayList<>(windows("0 0 0 0 X"));
        windows.add(new Window(NOW, Optional.of(Aggregate.ofValue(1))));
        Evaluation evaluation = evaluate(condition, windows, OK, NOW.plusMillis(1));
        assertThat(evaluation)
                .isEqualTo(new Evaluation(
                        ALARM,
                        List.of(
                                new Evaluation.Point(NOW, 1, 1, OptionalDouble.of(1), true),
                                new Evaluation.Point(NOW.minusSeconds(60), 2, 1, OptionalDouble.of(1), true),
                                new Evaluation.Point(NOW.minusSeconds(120), 3, 0, OptionalDouble.of(1), false)),
                        0,
                        List.of()));
    }

    @Test
    void anEmptyUnfinishedPeriodIsNotMissingData() {
        MetricCondition condition = condition("Maximum").missing("breaching").build();
        List<Window> windows = new ArrayList<>(windows("0 - -"));
        windows.add(new Window(NOW, Optional.empty()));
        assertThat(evaluate(condition, windows, OK, NOW.plusMillis(1)).state()).isEqualTo(OK);
    }

    @Test
    void dynamoDbAlarmsIgnoreMissingDataUnlessToldOtherwise() {
        MetricCondition condition =
                condition("Maximum").namespace("AWS/DynamoDB").build();
        assertThat(evaluate(condition, windows("- - -"), ALARM, NOW).state()).isEqualTo(ALARM);
    }

    static Evaluation evaluate(MetricCondition condition, List<Window> windows, AlarmState current, Instant now) {
        MetricSource source = (MetricSource) condition.source();
        return AlarmEvaluator.evaluate(
                condition, MetricPeriods.of(condition, source.statistic(), windows, now), current);
    }

    private static AlarmState evaluateFinished(MetricCondition condition, Aggregate data) {
        return evaluate(condition, finished(data), INSUFFICIENT_DATA, NOW).state();
    }

    private static List<Window> finished(Aggregate data) {
        return List.of(new Window(NOW.minusSeconds(PERIOD), Optional.of(data)));
    }

    /** Finished periods up to now: 0 is the value 0, X the value 1. */
    static List<Window> windows(String datapoints) {
        String[] words = datapoints.split(" ");
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            Instant start = NOW.minusSeconds((long) PERIOD * (words.length - i));
            Optional<Aggregate> data = switch (words[i]) {
                case "0" -> Optional.of(Aggregate.ofValue(0));
                case "X" -> Optional.of(Aggregate.ofValue(1));
                case "-" -> Optional.empty();
                default -> throw new IllegalArgumentException(words[i]);
            };
            windows.add(new Window(start, data));
        }
        return windows;
    }

    static ConditionBuilder condition(String statistic) {
        return new ConditionBuilder(Statistic.parse(statistic).orElseThrow());
    }

    /** One of one period of a minute greater than or equal to 1, unless said otherwise. */
    static final class ConditionBuilder {
        private final Statistic statistic;
        private String namespace = "Test";
        private OptionalInt m = OptionalInt.empty();
        private int n = 1;
        private Comparison comparison = Comparison.GREATER_THAN_OR_EQUAL;
        private double threshold = 1;
        private Optional<MissingData> missing = Optional.empty();
        private Optional<LowSamples> lowSamples = Optional.empty();

        private ConditionBuilder(Statistic statistic) {
            this.statistic = statistic;
        }

        ConditionBuilder namespace(String name) {
            namespace = name;
            return this;
        }

        ConditionBuilder mOfN(int needed, int periods) {
            m = OptionalInt.of(needed);
            n = periods;
            return this;
        }

        ConditionBuilder periods(int periods) {
            n = periods;
            return this;
        }

        ConditionBuilder operator(String operator) {
            comparison = Comparison.ofWireName(operator).orElseThrow();
            return this;
        }

        ConditionBuilder threshold(double value) {
            threshold = value;
            return this;
        }

        ConditionBuilder missing(String treatment) {
            missing = MissingData.ofWireName(treatment);
            return this;
        }

        ConditionBuilder lowSamples(LowSamples treatment) {
            lowSamples = Optional.of(treatment);
            return this;
        }

        MetricCondition build() {
            return new MetricCondition(
                    new MetricSource(MetricId.of(namespace, "Value", Map.of()), Optional.empty(), statistic, PERIOD),
                    n,
                    m,
                    comparison,
                    threshold,
                    missing,
                    lowSamples);
        }
    }
}
