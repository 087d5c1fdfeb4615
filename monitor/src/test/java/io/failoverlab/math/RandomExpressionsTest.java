package io.failoverlab.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever an expression says, it is refused when the queries are made, or it can be evaluated. */
class RandomExpressionsTest {
    private static final List<String> FUNCTIONS = List.of(
            "ABS",
            "AVG",
            "CEIL",
            "DATAPOINT_COUNT",
            "DIFF",
            "DIFF_TIME",
            "FILL",
            "FIRST",
            "LAST",
            "FLOOR",
            "IF",
            "LOG",
            "LOG10",
            "MAX",
            "METRIC_COUNT",
            "METRICS",
            "MIN",
            "MINUTE",
            "HOUR",
            "DAY",
            "DATE",
            "MONTH",
            "YEAR",
            "EPOCH",
            "PERIOD",
            "RATE",
            "REMOVE_EMPTY",
            "RUNNING_SUM",
            "SEARCH",
            "SLICE",
            "SORT",
            "STDDEV",
            "SUM",
            "TIME_SERIES");
    private static final List<String> LEAVES = List.of(
            "m1",
            "m1",
            "m2",
            "m3",
            "e1",
            "METRICS()",
            "METRICS('m')",
            "0",
            "2",
            "0.5",
            "REPEAT",
            "LINEAR",
            "'m'",
            "AVG, DESC",
            "MAX, ASC");
    private static final MathTable METRICS = MathTable.of("""
            m1 = 1 - 0 -3.5 7
            m2 = - - - - -
            m3 = 1e300 1e300 -1e300 0 -""");

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return LEAVES.get(random.nextInt(LEAVES.size()));
        }
        return switch (random.nextInt(6)) {
            case 0 -> "-" + expression(random, depth - 1);
            case 1 -> "[" + expressions(random, depth) + "]";
            case 2, 3 -> {
                Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
                yield "(" + expression(random, depth - 1) + " " + operator.symbol() + " "
                        + expression(random, depth - 1) + ")";
            }
            default -> FUNCTIONS.get(random.nextInt(FUNCTIONS.size())) + "(" + expressions(random, depth) + ")";
        };
    }

    private static String expressions(Random random, int depth) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> expression(random, depth - 1))
                .collect(Collectors.joining(", "));
    }

    @Test
    void expressionsAreRefusedOrGiveFiniteNumbers() {
        Random random = new Random(20260105);
        int evaluated = 0;
        for (int i = 0; i < 20_000; i++) {
            String expression = expression(random, 4);
            Queries queries;
            try {
                queries = Queries.of(List.of(
                        MathTable.query("m1", false),
                        MathTable.query("m2", false),
                        MathTable.query("m3", false),
                        MathTable.expression("e1", "[m1, m2]"),
                        MathTable.expression("e2", expression)));
            } catch (MathException refused) {
                assertThat(refused).as(expression).hasMessageContaining("column ");
                continue;
            }
            evaluated++;
            List<QueryResult> results = queries.evaluate(METRICS, period -> new Grid(MathTable.START, period, 5));
            assertThat(results.stream().flatMap(result -> result.values().stream()))
                    .as(expression)
                    .allMatch(Double::isFinite);
        }
        assertThat(evaluated).isGreaterThan(2_000);
    }

    @Test
    void theLongestExpressionsAndChainsAreEvaluated() {
        List<Query> chain = new ArrayList<>(List.of(MathTable.query("m1", false)));
        chain.add(MathTable.expression("e0", "m1" + " + 1".repeat(511)));
        IntStream.range(1, 499).forEach(i -> chain.add(MathTable.expression("e" + i, "e" + (i - 1) + " + 1")));
        List<QueryResult> results =
                Queries.of(chain.reversed()).evaluate(METRICS, period -> new Grid(MathTable.START, period, 5));
        assertThat(results.getFirst().query().id()).isEqualTo("e498");
        assertThat(results.getFirst().values()).containsExactly(1010.0, 1009.0, 1005.5, 1016.0);
    }
}
