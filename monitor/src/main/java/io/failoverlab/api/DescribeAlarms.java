package io.failoverlab.api;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Lists alarms with their states, by name. */
final class DescribeAlarms implements Action<DescribeAlarmsRequest, DescribeAlarmsResponse> {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_NAMES = 100;

    @Override
    public DescribeAlarmsResponse answer(DescribeAlarmsRequest request, CloudWatchRegion region) {
        check(request);
        List<MetricAlarm> found = region.alarms().alarms().stream()
                .filter(alarm -> matches(alarm, request))
                .map(DescribeAlarms::metricAlarm)
                .toList();
        int size = Parameters.maxRecords(request.maxRecords(), request.hasAlarmNames() ? MAX_NAMES : DEFAULT_PAGE);
        Parameters.Page<MetricAlarm> page = Parameters.page(found, request.nextToken(), size);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.records())
                .compositeAlarms(List.of())
                .nextToken(page.nextToken())
                .build();
    }

    private static void check(DescribeAlarmsRequest request) {
        if (request.hasAlarmNames() && request.alarmNamePrefix() != null) {
            throw ApiException.exclusive("AlarmNames", "AlarmNamePrefix");
        }
        if (request.alarmNames().size() > MAX_NAMES) {
            throw ApiException.constraint(
                    request.alarmNames(), "alarmNames", "have length less than or equal to " + MAX_NAMES);
        }
        if (request.childrenOfAlarmName() != null || request.parentsOfAlarmName() != null) {
            throw ApiException.unsupported("Composite alarms (ChildrenOfAlarmName, ParentsOfAlarmName)");
        }
        if (request.stateValue() != null) {
            state(request.stateValueAsString());
        }
    }

    static AlarmState state(String value) {
        return Stream.of(AlarmState.values())
                .filter(state -> state.name().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> ApiException.notInEnum(value, "stateValue", List.of("INSUFFICIENT_DATA", "ALARM", "OK")));
    }

    private static boolean matches(Alarm alarm, DescribeAlarmsRequest request) {
        AlarmDefinition.Actions actions = alarm.definition().actions();
        return (!request.hasAlarmTypes() || request.alarmTypes().contains(AlarmType.METRIC_ALARM))
                && (!request.hasAlarmNames() || request.alarmNames().contains(alarm.name()))
                && (request.alarmNamePrefix() == null || alarm.name().startsWith(request.alarmNamePrefix()))
                && (request.stateValue() == null
                        || alarm.status().state().name().equals(request.stateValueAsString()))
                && (request.actionPrefix() == null
                        || Stream.of(actions.ok(), actions.alarm(), actions.insufficientData())
                                .flatMap(List::stream)
                                .anyMatch(action -> action.startsWith(request.actionPrefix())));
    }

    private static MetricAlarm metricAlarm(Alarm alarm) {
        AlarmDefinition definition = alarm.definition();
        AlarmStatus status = alarm.status();
        MetricAlarm.Builder answer = MetricAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(definition.arn())
                .alarmDescription(definition.description().orElse(null))
                .alarmConfigurationUpdatedTimestamp(definition.configured())
                .actionsEnabled(definition.actions().enabled())
                .okActions(definition.actions().ok())
                .alarmActions(definition.actions().alarm())
                .insufficientDataActions(definition.actions().insufficientData())
                .stateValue(status.state().name())
                .stateReason(status.reason())
                .stateReasonData(status.reasonData().isEmpty() ? null : status.reasonData())
                .stateUpdatedTimestamp(status.since())
                .stateTransitionedTimestamp(status.since());
        addCondition(answer, definition.condition());
        return answer.build();
    }

    private static void addCondition(MetricAlarm.Builder answer, MetricCondition condition) {
        answer.namespace(condition.metric().namespace())
                .metricName(condition.metric().name())
                .dimensions(ListMetrics.dimensions(condition.metric()))
                .unit(condition.unit().map(Unit::wireName).orElse(null))
                .period(condition.period())
                .evaluationPeriods(condition.evaluationPeriods())
                .comparisonOperator(condition.comparison().wireName())
                .threshold(condition.threshold())
                .treatMissingData(
                        condition.missingData().map(MissingData::wireName).orElse(null))
                .evaluateLowSampleCountPercentile(
                        condition.lowSamples().map(LowSamples::wireName).orElse(null));
        condition.datapointsToAlarm().ifPresent(answer::datapointsToAlarm);
        switch (condition.statistic()) {
            case Statistic.Simple simple -> answer.statistic(simple.toString());
            case Statistic.Extended extended -> answer.extendedStatistic(extended.toString());
        }
    }
}
