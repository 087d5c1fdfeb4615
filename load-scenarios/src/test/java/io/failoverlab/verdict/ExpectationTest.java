package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests lost = 0                | requests-lost        | = 0               | = 0
            requests lost=0                  | requests-lost        | =0                | = 0
            requests lost during <= 5        | requests-lost-during | <= 5              | <= 5
            p99 during < 250 ms              | p99-during           | < 250 ms          | < 250ms
            p99-during < 1 s                 | p99-during           | < 1 s             | < 1s
            Max  after   within 1 s 500 ms   | max-after            | within 1 s 500 ms | <= 1s500ms
            alarm web-1a-down within 2 s     | alarm web-1a-down    | within 2 s        | <= 2s
            alarm latency does not happen    | alarm latency        | does not happen   | does not happen
            alarm recovers within 30 s       | alarm-recovers       | within 30 s       | <= 30s
            alarmed happens                  | alarmed              | happens           | happens
            recovered within 10 s            | recovered            | within 10 s       | <= 10s
            recovered at worst degraded      | recovered            | at worst degraded | at worst degraded
            acknowledged writes lost = 0     | writes-lost          | = 0               | = 0
            experiment completed             | experiment           | completed         | completed
            """)
    void aSentenceNamesAFigureAndWhatIsExpectedOfIt(String sentence, String name, String condition, String text) {
        Expectation read = Expectation.parse(sentence);

        assertThat(read).isEqualTo(new Expectation(name, condition));
        Expectations expectations = Expectations.parse(Map.of(read.name(), read.condition()));
        assertThat(read.alarm()
                        .map(alarm -> expectations.of(Figure.ALARM, alarm))
                        .orElseGet(() -> expectations.of(Figure.ofKey(name).orElseThrow()))
                        .map(Condition::text))
                .contains(text);
        assertThat(Pattern.compile(Expectation.pattern(), Pattern.CASE_INSENSITIVE)
                        .matcher(sentence.replaceAll(" +", " "))
                        .find())
                .as("the schema's pattern takes it too")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            request lost = 0         | unknown figure "request lost"; did you mean "requests lost"?
            throughput > 100         | unknown figure "throughput"; known: requests lost,
            requests lost            | expected a condition after "requests lost", such as = 0
            requests lost = none     | requests-lost: expected a whole number, such as 0 or <= 5, found "= none"
            p99 during < 250         | p99-during: expected a comparison with a duration, such as < 500ms, found "< 250"
            alarm web-1a-down        | expected a name and a condition after "alarm"
            alarm within             | expected a name and a condition after "alarm"
            recovered soon           | recovered: expected degraded, true, false or a comparison with a duration
            request share = 50       | request-share: is shown only
            """)
    void whatCannotBeUnderstoodIsToldWithTheNearest(String sentence, String message) {
        assertThatThrownBy(() -> Expectation.parse(sentence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFigureHasOneExpectation() {
        Map<String, String> all = new LinkedHashMap<>();
        Expectation.parse("requests lost = 0").addTo(all);
        Expectation.parse("alarm a within 1 s").addTo(all);
        Expectation.parse("alarm b within 1 s").addTo(all);

        assertThatThrownBy(() -> Expectation.parse("requests-lost <= 5").addTo(all))
                .hasMessage("expected one expectation of requests-lost, found a second one: <= 5; the first is = 0");
        assertThat(all.keySet()).containsExactly("requests-lost", "alarm a", "alarm b");
    }
}
