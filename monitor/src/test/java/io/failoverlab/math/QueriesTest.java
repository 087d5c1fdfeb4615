package io.failoverlab.math;

import static io.failoverlab.math.MathTable.expression;
import static io.failoverlab.math.MathTable.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        AVG(m1)                   | column 1: the result of an expression must be a time series or an array of time series, found a number
        "text"                    | column 1: the result of an expression must be a time series or an array of time series, found a string
        m1 + m3                   | column 6: there is no query with the id m3; did you mean m1?
        m1 + requests             | column 6: there is no query with the id requests
        m1 + AVGE(m1)             | column 6: there is no function AVGE; did you mean AVG?
        m1 + sum(m1)              | column 6: there is no function sum; did you mean SUM?
        ANOMALY_DETECTION_BAND(m1)| column 1: ANOMALY_DETECTION_BAND is not supported by this monitor
        m1 + INSIGHT_RULE_METRIC('r', 'm') | column 6: INSIGHT_RULE_METRIC is not supported by this monitor
        m1 / SERVICE_QUOTA(m1)    | column 6: SERVICE_QUOTA is not supported by this monitor
        DB_PERF_INSIGHTS('RDS', 'db', 'x') | column 1: DB_PERF_INSIGHTS is not supported by this monitor
        LAMBDA('f')               | column 1: LAMBDA is not supported by this monitor
        ABS(5)                    | column 5: expected a time series or an array of time series, found a number: 5
        ABS(m1, m2)               | column 1: ABS takes 1 argument, found 2
        m1 + "x"                  | column 6: expected a number or a time series or an array of time series, found a string: "x"
        [m1, 2]                   | column 6: expected a time series or an array of time series, found a number: 2
        []                        | column 1: expected at least one time series in the array, found none
        METRICS() / METRICS()     | column 11: '/' cannot combine two arrays of time series; reduce one of them, for example with SUM
        FILL(m1)                  | column 1: FILL takes 2 arguments, found 1
        FILL(m1, NOTHING)         | column 10: expected REPEAT or LINEAR, found NOTHING
        FILL(m1, METRICS())       | column 10: expected a number or a time series, found an array of time series: METRICS()
        SORT(m1, AVG, ASC)        | column 6: expected an array of time series, found a time series: m1
        SORT([m1], STDDEV, ASC)   | column 12: expected AVG or MIN or MAX or SUM, found STDDEV
        SORT([m1], AVG, UP)       | column 17: expected ASC or DESC, found UP
        PERIOD(m1 * 2) * m1       | column 11: expected the id of a metric, not an expression, found m1 * 2
        TIME_SERIES(m1)           | column 13: expected a number, found a time series: m1
        HOUR(METRICS())           | column 6: expected a time series, found an array of time series: METRICS()
        IF(m1)                    | column 1: IF takes 2 to 3 arguments, found 1
        IF(METRICS(), 1, 0)       | column 4: expected a number or a time series, found an array of time series: METRICS()
        METRICS(5)                | column 9: expected a string, found a number: 5
        m1 + result               | it needs its own result, by way of result -> result""")
    void expressionsThatMakeNoSenseAreRefused(String expression, String problem) {
        assertThatThrownBy(() ->
                        Queries.of(List.of(query("m1", true), query("m2", true), expression("result", expression))))
                .isInstanceOf(MathException.class)
                .hasMessage("Error in expression 'result': " + problem);
    }

    @Test
    void idsAreUniqueAndWellFormed() {
        assertThatThrownBy(() -> Queries.of(List.of(query("M1", true)))).hasMessageContaining("'M1'");
        assertThatThrownBy(() -> Queries.of(List.of(query("m1", true), query("m1", true))))
                .hasMessageContaining("'m1' is given to more than one query");
    }

    @Test
    void expressionsMayReferForwardButNotInACircle() {
        assertThat(Queries.of(List.of(expression("e1", "e2 * 2"), expression("e2", "m1 * 3"), query("m1", false)))
                        .metrics())
                .containsExactly(MathTable.metric("m1"));
        assertThatThrownBy(() -> Queries.of(List.of(
                        query("m1", true),
                        expression("e1", "m1 + e2"),
                        expression("e2", "e3"),
                        expression("e3", "e1"))))
                .hasMessage("Error in expression 'e1': it needs its own result, by way of e1 -> e2 -> e3 -> e1");
    }

    @Test
    void anExpressionWithoutMetricsNeedsAPeriod() {
        assertThatThrownBy(() -> Queries.of(List.of(expression("e1", "TIME_SERIES(5)"))))
                .hasMessageContaining("needs a Period");
        assertThat(Queries.of(List.of(new ExpressionQuery(
                                "e1", Optional.of("five"), true, "TIME_SERIES(5)", OptionalInt.of(60))))
                        .evaluate(new MathTable(), period -> new Grid(MathTable.START, period, 2)))
                .extracting(QueryResult::label, QueryResult::values)
                .containsExactly(tuple("five", List.of(5.0, 5.0)));
    }

    @Test
    void onlyMetricsThatMatterAreRead() {
        assertThat(Queries.of(List.of(
                                query("m1", false), query("m2", false), query("m3", false), expression("e1", "m2")))
                        .metrics())
                .containsExactly(MathTable.metric("m2"));
        assertThat(Queries.of(List.of(query("m1", false), query("m2", false), expression("e1", "SUM(METRICS('2'))")))
                        .metrics())
                .containsExactly(MathTable.metric("m2"));
    }

    @Test
    void anAlarmWatchesOneSeriesOfOnePeriod() {
        assertThat(Queries.ofAlarm(List.of(query("m1", false), expression("e1", "m1 * 2")))
                        .period())
                .isEqualTo(60);
        assertThatThrownBy(() -> Queries.ofAlarm(List.of(query("m1", true), expression("e1", "m1 * 2"))))
                .hasMessageContaining("found [m1, e1]");
        assertThatThrownBy(() -> Queries.ofAlarm(List.of(query("m1", false), expression("e1", "METRICS()"))))
                .hasMessage(
                        "Error in expression 'e1': an alarm watches one time series, found an array of time series");
        assertThatThrownBy(() -> Queries.ofAlarm(List.of(
                        query("m1", false),
                        new ExpressionQuery("e1", Optional.empty(), true, "m1", OptionalInt.of(10)))))
                .hasMessageContaining("same period, found [60, 10]");
        List<Query> many = new ArrayList<>(
                IntStream.range(0, 11).mapToObj(i -> query("m" + i, false)).toList());
        many.add(expression("e1", "SUM(METRICS())"));
        assertThatThrownBy(() -> Queries.ofAlarm(many)).hasMessageContaining("at most 10 metrics, found 11");
    }

    @Test
    void anArrayThatGrowsTooLargeIsRefused() {
        Queries queries = Queries.of(List.of(
                query("m1", false), expression("e1", "[" + "m1,".repeat(400) + "m1]"), expression("e2", "[e1, e1]")));
        assertThatThrownBy(
                        () -> queries.evaluate(MathTable.of("m1 = 1"), period -> new Grid(MathTable.START, period, 1)))
                .hasMessage("Error in expression 'e2': column 1: expected at most 500 time series, found 802");
    }
}
