package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms defined, described, set and deleted. */
class AlarmsApiTest extends ClientAgainstMonitor {
    @Test
    void anAlarmIsDescribedAsItWasDefined() {
        client.putMetricAlarm(alarm("described")
                .alarmDescription("a text")
                .statistic((String) null)
                .extendedStatistic("p99")
                .dimensions(dimension("LoadBalancer", "app/lab/0"))
                .unit(StandardUnit.SECONDS)
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .treatMissingData("notBreaching")
                .evaluateLowSampleCountPercentile("ignore")
                .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:topic")
                .build());
        MetricAlarm alarm = client.describeAlarms(request -> request.alarmNames("described"))
                .metricAlarms()
                .getFirst();
        assertThat(alarm.stateUpdatedTimestamp()).isCloseTo(Instant.now(), withinAMinute());
        assertThat(alarm)
                .isEqualTo(MetricAlarm.builder()
                        .alarmName("described")
                        .alarmArn("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:described")
                        .alarmDescription("a text")
                        .alarmConfigurationUpdatedTimestamp(alarm.alarmConfigurationUpdatedTimestamp())
                        .actionsEnabled(true)
                        .okActions(List.of())
                        .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:topic")
                        .insufficientDataActions(List.of())
                        .stateValue(StateValue.INSUFFICIENT_DATA)
                        .stateReason("Unchecked: Initial alarm creation")
                        .stateUpdatedTimestamp(alarm.stateUpdatedTimestamp())
                        .stateTransitionedTimestamp(alarm.stateUpdatedTimestamp())
                        .namespace(namespace)
                        .metricName("Value")
                        .extendedStatistic("p99")
                        .dimensions(dimension("LoadBalancer", "app/lab/0"))
                        .unit(StandardUnit.SECONDS)
                        .period(60)
                        .evaluationPeriods(3)
                        .datapointsToAlarm(2)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("notBreaching")
                        .evaluateLowSampleCountPercentile("ignore")
                        .build());
    }

    private static TemporalUnitOffset withinAMinute() {
        return new TemporalUnitWithinOffset(1, ChronoUnit.MINUTES);
    }

    @Test
    void anAlarmGoesOffAndItsHistoryTells() {
        client.putMetricAlarm(alarm("history").build());
        put(MetricDatum.builder().metricName("Value").value(1.0).storageResolution(1));
        assertThat(state("history")).isEqualTo(StateValue.ALARM);
        List<AlarmHistoryItem> items = client.describeAlarmHistory(
                        request -> request.alarmName("history").historyItemType(HistoryItemType.STATE_UPDATE))
                .alarmHistoryItems();
        assertThat(items)
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly("Alarm updated from INSUFFICIENT_DATA to ALARM");
        assertThat(items.getFirst().historyData()).contains("\"stateReasonData\":{\"version\":\"1.0\"");
    }

    private StateValue state(String alarm) {
        return client.describeAlarms(request -> request.alarmNames(alarm))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    @Test
    void aStateCanBeSetAndIsCorrectedByTheNextEvaluation() {
        client.putMetricAlarm(alarm("drill").treatMissingData("notBreaching").build());
        client.setAlarmState(request ->
                request.alarmName("drill").stateValue(StateValue.ALARM).stateReason("a drill"));
        await().until(() -> state("drill") == StateValue.OK);
        client.deleteAlarms(request -> request.alarmNames("drill", "nobody"));
        assertThat(client.describeAlarms(request -> request.alarmNamePrefix("drill"))
                        .metricAlarms())
                .isEmpty();
    }

    @Test
    void alarmsComeInPages() {
        IntStream.range(0, 5)
                .forEach(i -> client.putMetricAlarm(alarm("page-" + i).build()));
        assertThat(client.describeAlarmsPaginator(
                                request -> request.alarmNamePrefix("page-").maxRecords(2))
                        .metricAlarms())
                .extracting(MetricAlarm::alarmName)
                .containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
    }
}
