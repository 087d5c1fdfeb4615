package io.failoverlab.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand random series against a naive evaluator, written from the text of the CloudWatch User Guide, "Configuring how CloudWatch
 * alarms treat missing data", on strings: newest datapoint on the right, 0 is fine, X breaches, - is missing.
 */
class AlarmOracleTest {
    private static final int SERIES = 10_000;
    private static final int LENGTH = 30;

    @Test
    void agreesWithANaiveEvaluator() {
        int compared = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(8);
            int m = 1 + random.nextInt(n);
            MissingData missing = MissingData.values()[random.nextInt(4)];
            String series = series(random);
            AlarmState state = AlarmState.values()[random.nextInt(3)];
            for (int end = 1; end <= LENGTH; end++) {
                String seen = series.substring(0, end);
                AlarmState expected = naive(seen, m, n, missing, state);
                AlarmState found = evaluate(seen, m, n, missing, state);
                assertThat(found)
                        .as("seed %d: %d of %d, %s, %s, from %s", seed, m, n, missing, seen, state)
                        .isEqualTo(expected);
                state = found;
                compared++;
            }
        }
        assertThat(compared).isEqualTo(SERIES * LENGTH);
    }

    private static String series(Random random) {
        int missing = random.nextInt(10);
        int breaching = random.nextInt(10);
        return random.ints(LENGTH, 0, 10)
                .mapToObj(i -> i < missing ? "-" : random.nextInt(10) < breaching ? "X" : "0")
                .collect(Collectors.joining());
    }

    private static AlarmState evaluate(String seen, int m, int n, MissingData missing, AlarmState current) {
        MetricCondition condition = AlarmEvaluatorTest.condition("Maximum")
                .mOfN(m, n)
                .missing(missing.wireName())
                .build();
        List<Window> windows = AlarmEvaluatorTest.windows(String.join(" ", seen.split("")));
        return AlarmEvaluatorTest.evaluate(condition, windows, current, AlarmEvaluatorTest.NOW)
                .state();
    }

    private static AlarmState naive(String seen, int m, int n, MissingData missing, AlarmState current) {
        int rangeSize = n + Math.max(2, n / 3);
        String range = seen.substring(Math.max(0, seen.length() - rangeSize));
        String real = range.replace("-", "");
        if (real.isEmpty()) {
            return switch (missing) {
                case MISSING -> AlarmState.INSUFFICIENT_DATA;
                case IGNORE -> current;
                case BREACHING -> AlarmState.ALARM;
                case NOT_BREACHING -> AlarmState.OK;
            };
        }
        String filler = switch (missing) {
            case MISSING, IGNORE -> "-";
            case BREACHING -> "X";
            case NOT_BREACHING -> "0";
        };
        boolean enough = real.length() >= n;
        String judged = enough ? real.substring(real.length() - n) : real + filler.repeat(n - real.length());
        if (judged.replaceAll("[^X]", "").length() >= m) {
            return AlarmState.ALARM;
        }
        boolean premature = !enough && filler.equals("-") && range.matches("-*X[X-]{" + (m - 1) + ",}");
        if (premature) {
            return missing == MissingData.IGNORE ? current : AlarmState.ALARM;
        }
        return AlarmState.OK;
    }
}
