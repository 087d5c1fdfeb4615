package io.failoverlab.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.QueryResult;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamicLabelTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:00Z");
    private static final DynamicLabel LABELS =
            new DynamicLabel(new Scope("123456789012", "eu-west-1"), ZoneOffset.of("+0130"), START.plusSeconds(3723));

    private static QueryResult result(String label, Double... values) {
        MetricStatQuery query = new MetricStatQuery(
                "m1",
                Optional.of(label),
                true,
                MetricId.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1")),
                Optional.empty(),
                Statistic.Simple.AVERAGE,
                60);
        List<Instant> times = IntStream.range(0, values.length)
                .mapToObj(i -> START.plusSeconds(60L * i))
                .toList();
        return new QueryResult(query, Optional.of(query), "CPUUtilization", times, List.of(values), List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        plain                                  | plain
        [max: ${MAX} of ${LABEL}]              | [max: 9 of CPUUtilization]
        ${MIN} ${AVG} ${SUM} ${FIRST} ${LAST}  | 1.5 4.5 13.5 3 1.5
        ${DATAPOINT_COUNT} ${MIN_MAX_RANGE} ${FIRST_LAST_RANGE} | 3 7.5 -1.5
        ${FIRST_TIME}, ${MAX_TIME_RELATIVE}    | 2026-01-02 04:34:00 +01:30, 1h 1m 3s
        ${FIRST_LAST_TIME_RANGE}               | 2m 0s
        ${PROP('Dim.InstanceId')} ${PROP('Namespace')}/${PROP('MetricName')} | i-1 AWS/EC2/CPUUtilization
        ${PROP('Stat')} ${PROP('Period')} ${PROP('Region')} ${PROP('AccountId')} | Average 60 eu-west-1 123456789012
        ${NOTHING} ${PROP('Dim.None')} $MAX    | ${NOTHING} ${PROP('Dim.None')} $MAX""")
    void liveValuesAreFilledIn(String label, String filled) {
        assertThat(LABELS.of(result(label, 3.0, 9.0, 1.5))).isEqualTo(filled);
    }

    @Test
    void withoutDatapointsThereIsNothingToFillIn() {
        assertThat(LABELS.of(result("${MAX} ${LABEL} ${DATAPOINT_COUNT}"))).isEqualTo("${MAX} CPUUtilization 0");
    }
}
