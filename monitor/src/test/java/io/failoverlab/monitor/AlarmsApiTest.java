package io.failoverlab.monitor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ActionsSuppressedBy;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

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
        await().atMost(30, SECONDS).until(() -> state("drill") == StateValue.OK);
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

    @Test
    void aCompositeAlarmIsDescribedAsItWasDefined() {
        client.putMetricAlarm(alarm("composite-child").build());
        client.putCompositeAlarm(request -> request.alarmName("composite")
                .alarmDescription("a text")
                .alarmRule("ALARM(composite-child) AND TRUE")
                .actionsSuppressor("composite-child")
                .actionsSuppressorWaitPeriod(60)
                .actionsSuppressorExtensionPeriod(120)
                .tags(Tag.builder().key("team").value("web").build()));
        assertThat(client.describeAlarms(request -> request.alarmNames("composite"))
                        .compositeAlarms())
                .as("metric alarms only, unless asked for")
                .isEmpty();
        CompositeAlarm alarm = composite("composite");
        assertThat(alarm)
                .isEqualTo(CompositeAlarm.builder()
                        .alarmName("composite")
                        .alarmArn("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:composite")
                        .alarmDescription("a text")
                        .alarmConfigurationUpdatedTimestamp(alarm.alarmConfigurationUpdatedTimestamp())
                        .alarmRule("ALARM(composite-child) AND TRUE")
                        .actionsEnabled(true)
                        .okActions(List.of())
                        .alarmActions(List.of())
                        .insufficientDataActions(List.of())
                        .stateValue(StateValue.OK)
                        .stateReason(alarm.alarmArn() + " was created and its alarm rule evaluates to OK")
                        .stateReasonData(alarm.stateReasonData())
                        .stateUpdatedTimestamp(alarm.stateUpdatedTimestamp())
                        .stateTransitionedTimestamp(alarm.stateUpdatedTimestamp())
                        .actionsSuppressor("composite-child")
                        .actionsSuppressorWaitPeriod(60)
                        .actionsSuppressorExtensionPeriod(120)
                        .actionsSuppressedBy(ActionsSuppressedBy.WAIT_PERIOD)
                        .actionsSuppressedReason("Actions suppressed by WaitPeriod")
                        .build());
        assertThat(client.listTagsForResource(request -> request.resourceARN(alarm.alarmArn()))
                        .tags())
                .containsExactly(Tag.builder().key("team").value("web").build());
    }

    private CompositeAlarm composite(String name) {
        return client.describeAlarms(request -> request.alarmNames(name).alarmTypes(AlarmType.COMPOSITE_ALARM))
                .compositeAlarms()
                .getFirst();
    }

    @Test
    void familiesOfAlarmsAreFound() {
        client.putMetricAlarm(alarm("family-child").build());
        client.putCompositeAlarm(request -> request.alarmName("family-parent").alarmRule("ALARM(family-child)"));
        client.putCompositeAlarm(request -> request.alarmName("family-top").alarmRule("OK(\"family-parent\")"));
        DescribeAlarmsResponse children =
                client.describeAlarms(request -> request.childrenOfAlarmName("family-parent"));
        assertThat(children.compositeAlarms()).isEmpty();
        MetricAlarm child = children.metricAlarms().getFirst();
        assertThat(child)
                .isEqualTo(MetricAlarm.builder()
                        .alarmName("family-child")
                        .alarmArn("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:family-child")
                        .stateValue(StateValue.INSUFFICIENT_DATA)
                        .stateUpdatedTimestamp(child.stateUpdatedTimestamp())
                        .build());
        assertThat(client.describeAlarms(request -> request.parentsOfAlarmName("family-parent"))
                        .compositeAlarms())
                .containsExactly(CompositeAlarm.builder()
                        .alarmName("family-top")
                        .alarmArn("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:family-top")
                        .build());
        assertRefused(
                () -> client.describeAlarms(
                        request -> request.parentsOfAlarmName("family-parent").alarmNamePrefix("f")),
                "ValidationError",
                "ChildrenOfAlarmName and ParentsOfAlarmName allow no other parameters but MaxRecords and NextToken.");
        assertRefused(
                () -> client.deleteAlarms(request -> request.alarmNames("family-child")),
                "ValidationError",
                "Cannot delete family-child as there are composite alarm(s) depending on it.");
        client.deleteAlarms(request -> request.alarmNames("family-top"));
        client.deleteAlarms(request -> request.alarmNames("family-parent", "family-child"));
    }

    private static void assertRefused(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CloudWatchException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }

    @Test
    void wrongCompositeAlarmsAreRefused() {
        assertRefused(
                () -> client.putCompositeAlarm(
                        request -> request.alarmName("wrong").alarmRule("ALARM(nobody")),
                "ValidationError",
                "AlarmRule is not valid at position 13: expected ')', found the end");
        assertRefused(
                () -> client.putCompositeAlarm(
                        request -> request.alarmName("wrong").alarmRule("ALARM(nobody)")),
                "ValidationError",
                "Could not save the composite alarm as alarms [nobody] in the alarm rule do not exist");
        assertRefused(
                () -> client.putCompositeAlarm(
                        request -> request.alarmName("wrong").alarmRule("TRUE").actionsSuppressor("x")),
                "MissingParameter",
                "The parameter ActionsSuppressorWaitPeriod is required.");
        assertRefused(
                () -> client.putCompositeAlarm(request -> request.alarmName("wrong")
                        .alarmRule("TRUE")
                        .alarmActions("arn:aws:automate:ap-northeast-1:ec2:stop")),
                "ValidationError",
                "A composite alarm cannot perform the action arn:aws:automate:ap-northeast-1:ec2:stop");
    }

    @Test
    void anAlarmOnMetricMathIsDescribedAsItWasDefined() {
        List<MetricDataQuery> metrics = List.of(
                MetricDataQuery.builder()
                        .id("e1")
                        .expression("m1 + m1")
                        .label("twice")
                        .returnData(true)
                        .build(),
                query("m1", "Value", "Sum", 60).toBuilder().returnData(false).build());
        client.putMetricAlarm(math("math", metrics).build());
        MetricAlarm alarm = client.describeAlarms(request -> request.alarmNames("math"))
                .metricAlarms()
                .getFirst();
        assertThat(alarm.metrics())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("metricStat.metric.dimensions")
                .isEqualTo(metrics);
        assertThat(alarm.metricName()).isNull();
        assertThat(client.describeAlarmsForMetric(
                                request -> request.namespace(namespace).metricName("Value"))
                        .metricAlarms())
                .isEmpty();
        assertRefused(
                () -> client.putMetricAlarm(math("math", metrics).period(60).build()),
                "InvalidParameterCombination",
                "The parameters Metrics and Period are mutually exclusive and you have specified both.");
        assertRefused(
                () -> client.putMetricAlarm(
                        math("math", List.of(query("m1", "A", "Sum", 60), query("m2", "B", "Sum", 60)))
                                .build()),
                "ValidationError",
                "Exactly one query of an alarm must return data, found [m1, m2].");
    }

    private PutMetricAlarmRequest.Builder math(String name, List<MetricDataQuery> metrics) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .metrics(metrics)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    @Test
    void alarmsOfAMetricAreFound() {
        client.putMetricAlarm(alarm("of-metric-1").build());
        client.putMetricAlarm(alarm("of-metric-2").period(60).build());
        client.putMetricAlarm(
                alarm("of-metric-3").dimensions(dimension("A", "b")).build());
        assertThat(client.describeAlarmsForMetric(
                                request -> request.namespace(namespace).metricName("Value"))
                        .metricAlarms())
                .extracting(MetricAlarm::alarmName)
                .containsExactly("of-metric-1", "of-metric-2");
        assertThat(client.describeAlarmsForMetric(request ->
                                request.namespace(namespace).metricName("Value").period(60))
                        .metricAlarms())
                .extracting(MetricAlarm::alarmName)
                .containsExactly("of-metric-2");
    }

    @Test
    void actionsAreSwitchedAndOnRecord() {
        client.putMetricAlarm(alarm("actions")
                .treatMissingData("ignore")
                .alarmActions("arn:aws:sns:ap-northeast-1:000000000000:topic")
                .build());
        client.disableAlarmActions(request -> request.alarmNames("actions"));
        assertThat(client.describeAlarms(request -> request.alarmNames("actions"))
                        .metricAlarms()
                        .getFirst()
                        .actionsEnabled())
                .isFalse();
        client.enableAlarmActions(request -> request.alarmNames("actions"));
        client.setAlarmState(request ->
                request.alarmName("actions").stateValue(StateValue.ALARM).stateReason("a drill"));
        assertThat(client.describeAlarmHistory(
                                request -> request.alarmName("actions").scanBy(ScanBy.TIMESTAMP_ASCENDING))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::historyItemTypeAsString, AlarmHistoryItem::historySummary)
                .containsExactly(
                        tuple("ConfigurationUpdate", "Alarm \"actions\" created"),
                        tuple("ConfigurationUpdate", "Alarm \"actions\" updated"),
                        tuple("ConfigurationUpdate", "Alarm \"actions\" updated"),
                        tuple("StateUpdate", "Alarm updated from INSUFFICIENT_DATA to ALARM"),
                        tuple("Action", "Successfully executed action arn:aws:sns:ap-northeast-1:000000000000:topic"));
    }

    @Test
    void whatThisMonitorHasNotIsRefused() {
        assertRefused(
                () -> client.putMetricAlarm(
                        alarm("refused").thresholdMetricId("ad1").build()),
                "ValidationError",
                "Anomaly detection (ThresholdMetricId) is not supported by this monitor.");
        assertRefused(
                () -> client.putMetricAlarm(alarm("refused")
                        .comparisonOperator("LessThanLowerThreshold")
                        .build()),
                "ValidationError",
                "Anomaly detection (ComparisonOperator LessThanLowerThreshold) is not supported by this monitor.");
        assertRefused(
                () -> client.putMetricAlarm(alarm("refused")
                        .evaluationWindow(window -> window.wallClockWindow(clock -> {}))
                        .build()),
                "ValidationError",
                "Evaluation by the wall clock (EvaluationWindow.WallClockWindow) is not supported by this monitor.");
        assertRefused(
                () -> client.putMetricAlarm(
                        alarm("refused").alarmActions("http://127.0.0.1/hook").build()),
                "ValidationError",
                "Invalid arn syntax: http://127.0.0.1/hook (expected an SNS topic, a scaling policy, a Lambda function,"
                        + " or an action of EC2 or Systems Manager)");
    }
}
