package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectationsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests-lost     | 0        | = 0
            requests-lost     | <=5      | <= 5
            requests-lost     | < 1000   | < 1,000
            writes-recovered  | > 0      | > 0
            p99-after         | < 500ms  | < 500ms
            p99-after         | <= 1500ms| <= 1s500ms
            detected          | <= 1s    | <= 1s
            detected          | false    | does not happen
            alarm-recovers    | true     | happens
            recovered         | >= 2m    | >= 2m
            recovered         | degraded | at worst degraded
            experiment        | stopped  | stopped
            detected          | within 1 s | <= 1s
            alarmed           | happens  | happens
            alarmed           | does not happen | does not happen
            recovered         | at worst degraded | at worst degraded
            p99-during        | < 250 ms | < 250ms
            """)
    void anExpectationIsReadAndWrittenBackInOneForm(String figure, String written, String text) {
        Expectations expectations = Expectations.parse(Map.of(figure, written));

        assertThat(expectations.of(Figure.ofKey(figure).orElseThrow()).map(Condition::text))
                .contains(text);
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("request-lost", "0");
        written.put("throughput", "> 100");
        written.put("request-share", "50");
        written.put("requests-lost", "none");
        written.put("writes-lost", "-1");
        written.put("p99-after", "500ms");
        written.put("p99-before", "< 500");
        written.put("detected", "soon");
        written.put("recovered", "degraded 1 of 2");
        written.put("alarmed", "<= 2s");

        assertThatThrownBy(() -> Expectations.parse(written))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidExpectationsException.class))
                .extracting(InvalidExpectationsException::problems)
                .isEqualTo(List.of(
                        "request-lost: unknown figure; did you mean \"requests-lost\"?",
                        "throughput: unknown figure; known: requests-lost, requests-lost-during, requests-lost-after,"
                                + " forecast-error, reads-outage, writes-outage,"
                                + " failover-detect, failover-promote, failover-endpoint, failover-client, exposed,"
                                + " slowest-after, p50-before, p50-during, p50-after, p95-before, p95-during, p95-after,"
                                + " p99-before, p99-during, p99-after, max-before, max-during, max-after, detected, out-of-rotation, alarmed, alarm-recovers, recovered, experiment,"
                                + " stopped-after, writes-lost, writes-duplicated, writes-unexpected, writes-unknown,"
                                + " writes-recovered, stale-reads",
                        "request-share: is shown only, nothing can be expected of it; leave it out",
                        "requests-lost: expected a whole number, such as 0 or <= 5, found \"none\"",
                        "writes-lost: expected a whole number, such as 0 or <= 5, found \"-1\"",
                        "p99-after: expected a comparison with a duration, such as < 500ms, found \"500ms\"",
                        "p99-before: expected a comparison with a duration, such as < 500ms, found \"< 500\"",
                        "detected: expected true, false or a comparison with a duration, such as <= 2s,"
                                + " found \"soon\"",
                        "recovered: expected degraded, true, false or a comparison with a duration,"
                                + " such as <= 30s, found \"degraded 1 of 2\""));
    }
}
