package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.document.DurationText;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionTest {

    /** "never 40s": it did not happen in the 40 s watched. "1/2 40s": one of two in service 40 s after the fault. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests-lost | 0        | count 0    | MET
            requests-lost | 0        | count 1    | NOT_MET
            requests-lost | <= 5     | count 5    | MET
            requests-lost | < 5      | count 5    | NOT_MET
            requests-lost | >= 5     | count 5    | MET
            requests-lost | > 5      | count 5    | NOT_MET
            requests-lost | 0        | missing    | UNKNOWN
            p99-after     | < 500ms  | time 499ms | MET
            p99-after     | < 500ms  | time 500ms | NOT_MET
            p99-after     | < 500ms  | missing    | UNKNOWN
            detected      | <= 1s    | time 1s    | MET
            detected      | <= 1s    | time 1s1ms | NOT_MET
            detected      | <= 1s    | never 40s  | NOT_MET
            detected      | <= 41s   | never 40s  | UNKNOWN
            detected      | <= 40s   | never 40s  | NOT_MET
            detected      | > 30s    | never 40s  | MET
            detected      | > 41s    | never 40s  | UNKNOWN
            detected      | true     | time 9s    | MET
            detected      | true     | never 40s  | NOT_MET
            detected      | false    | time 9s    | NOT_MET
            detected      | false    | never 40s  | MET
            detected      | false    | missing    | UNKNOWN
            recovered     | <= 30s   | time 30s   | MET
            recovered     | <= 30s   | 1/2 40s    | NOT_MET
            recovered     | <= 60s   | 1/2 40s    | UNKNOWN
            recovered     | degraded | time 30s   | MET
            recovered     | degraded | 1/2 40s    | MET
            recovered     | degraded | 0/2 40s    | NOT_MET
            recovered     | degraded | missing    | UNKNOWN
            recovered     | true     | 1/2 40s    | NOT_MET
            recovered     | false    | 1/2 40s    | MET
            """)
    void theOutcomeFollowsFromWhatWasExpectedAndMeasured(
            String figure, String expected, String measured, Outcome outcome) {
        Condition condition = Expectations.parse(Map.of(figure, expected))
                .of(Figure.ofKey(figure).orElseThrow())
                .orElseThrow();

        assertThat(condition.outcome(measurement(measured))).isEqualTo(outcome);
    }

    private static Measurement measurement(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "count" -> new Measurement.Count(Long.parseLong(words[1]));
            case "time" -> new Measurement.Time(DurationText.parse(words[1]));
            case "never" -> new Measurement.Never(DurationText.parse(words[1]));
            case "missing" -> new Measurement.Missing("no fault");
            case "0/2" -> new Measurement.Degraded(0, 2, DurationText.parse(words[1]));
            case "1/2" -> new Measurement.Degraded(1, 2, DurationText.parse(words[1]));
            default -> throw new IllegalArgumentException(text);
        };
    }
}
