package io.failoverlab.alarm;

import static io.failoverlab.alarm.AlarmEvaluatorTest.condition;
import static io.failoverlab.alarm.AlarmEvaluatorTest.windows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The forms are those of recorded answers of CloudWatch. */
class AlarmDocumentsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode reasonData(AlarmEvaluatorTest.ConditionBuilder builder, String datapoints) {
        MetricCondition condition = builder.build();
        return AlarmDocuments.reasonData(
                condition,
                AlarmEvaluatorTest.evaluate(condition, windows(datapoints), AlarmState.INSUFFICIENT_DATA, NOW),
                NOW);
    }

    @Test
    void recentDatapointsAreOldestFirstAndEvaluatedOnesNewestFirst() throws JsonProcessingException {
        assertThat(reasonData(condition("Average").periods(2), "0 0 0 X")).isEqualTo(JSON.readTree("""
                {"version":"1.0","queryDate":"2026-01-02T03:04:00.000+0000","startDate":"2026-01-02T03:02:00.000+0000",
                 "statistic":"Average","period":60,"recentDatapoints":[0.0,1.0],"threshold":1.0,
                 "evaluatedDatapoints":[
                   {"timestamp":"2026-01-02T03:03:00.000+0000","sampleCount":1.0,"value":1.0},
                   {"timestamp":"2026-01-02T03:02:00.000+0000","sampleCount":1.0,"value":0.0}]}"""));
    }

    @Test
    void missingDatapointsAreToldByTheirTimes() throws JsonProcessingException {
        assertThat(reasonData(condition("Average").periods(2).missing("breaching"), "- - - -"))
                .isEqualTo(JSON.readTree("""
                {"version":"1.0","queryDate":"2026-01-02T03:04:00.000+0000",
                 "statistic":"Average","period":60,"recentDatapoints":[],"threshold":1.0,
                 "evaluatedDatapoints":[
                   {"timestamp":"2026-01-02T03:03:00.000+0000"},{"timestamp":"2026-01-02T03:02:00.000+0000"}]}"""));
        assertThat(reasonData(condition("Average").periods(3).missing("breaching"), "- - - X -")
                        .path("evaluatedDatapoints"))
                .isEqualTo(JSON.readTree("""
                [{"timestamp":"2026-01-02T03:03:00.000+0000"},
                 {"timestamp":"2026-01-02T03:02:00.000+0000","sampleCount":1.0,"value":1.0},
                 {"timestamp":"2026-01-02T03:01:00.000+0000"}]"""));
    }

    @Test
    void theHistoryHasTheWholeAlarmThatWasMadeAndEventsItsUnit() throws JsonProcessingException {
        AlarmDefinition definition = new AlarmDefinition(
                "throttled",
                "arn:aws:cloudwatch:us-east-1:000000000000:alarm:throttled",
                Optional.of("a text"),
                new AlarmDefinition.Actions(
                        true, List.of(), List.of("arn:aws:sns:us-east-1:000000000000:t"), List.of()),
                new MetricCondition(
                        new MetricSource(
                                MetricId.of(
                                        "AWS/DynamoDB",
                                        "WriteThrottleEvents",
                                        Map.of("TableName", "t", "Operation", "PutItem")),
                                Optional.of(Unit.COUNT),
                                Statistic.Simple.SUM,
                                60),
                        2,
                        OptionalInt.of(1),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        1,
                        Optional.of(MissingData.NOT_BREACHING),
                        Optional.empty()),
                NOW);
        Alarm alarm = new Alarm(definition, AlarmStatus.initial(NOW.plusMillis(1)), Optional.empty());
        assertThat(ConfigurationDocument.of("Create", alarm)).isEqualTo(JSON.readTree("""
                {"version":"1.0","type":"Create","createdAlarm":{
                 "alarmName":"throttled","alarmDescription":"a text",
                 "alarmArn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:throttled",
                 "alarmConfigurationUpdatedTimestamp":"2026-01-02T03:04:00.000+0000",
                 "namespace":"AWS/DynamoDB","metricName":"WriteThrottleEvents","statistic":"Sum","period":60,
                 "unit":"Count",
                 "dimensions":[{"value":"PutItem","name":"Operation"},{"value":"t","name":"TableName"}],
                 "threshold":1.0,"comparisonOperator":"GreaterThanOrEqualToThreshold","evaluationPeriods":2,
                 "datapointsToAlarm":1,"treatMissingData":"notBreaching",
                 "stateValue":"INSUFFICIENT_DATA","stateUpdatedTimestamp":"2026-01-02T03:04:00.001+0000",
                 "actionsEnabled":true,"alarmActions":["arn:aws:sns:us-east-1:000000000000:t"],
                 "insufficientDataActions":[],"okactions":[]}}"""));
        AlarmStatus fine = new AlarmStatus(AlarmState.OK, "fine", "", "", NOW);
        AlarmTransition change = new AlarmTransition("id", definition, alarm.status(), fine, Optional.empty());
        assertThat(AlarmEvents.stateChange(change)
                        .detail()
                        .at("/configuration/metrics/0/metricStat/unit")
                        .asText())
                .isEqualTo("Count");
        assertThat(ConfigurationDocument.of("Delete", alarm)
                        .at("/deletedAlarm/alarmName")
                        .asText())
                .isEqualTo("throttled");
    }
}
