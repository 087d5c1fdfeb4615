package io.failoverlab.api;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmStatus;
import io.failoverlab.alarm.CompositeCondition;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MathSource;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** Alarms as the API describes them. */
final class AlarmAnswers {
    private AlarmAnswers() {}

    static MetricAlarm metric(Alarm alarm, MetricCondition condition) {
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
                .stateReasonData(reasonData(status))
                .stateUpdatedTimestamp(status.since())
                .stateTransitionedTimestamp(status.since());
        add(answer, condition);
        return answer.build();
    }

    private static String reasonData(AlarmStatus status) {
        return status.reasonData().isEmpty() ? null : status.reasonData();
    }

    private static void add(MetricAlarm.Builder answer, MetricCondition condition) {
        switch (condition.source()) {
            case MetricSource source -> add(answer, source);
            case MathSource source ->
                answer.metrics(source.list().stream().map(AlarmAnswers::query).toList());
        }
        answer.evaluationPeriods(condition.evaluationPeriods())
                .comparisonOperator(condition.comparison().wireName())
                .threshold(condition.threshold())
                .treatMissingData(
                        condition.missingData().map(MissingData::wireName).orElse(null))
                .evaluateLowSampleCountPercentile(
                        condition.lowSamples().map(LowSamples::wireName).orElse(null));
        condition.datapointsToAlarm().ifPresent(answer::datapointsToAlarm);
    }

    private static void add(MetricAlarm.Builder answer, MetricSource source) {
        answer.namespace(source.metric().namespace())
                .metricName(source.metric().name())
                .dimensions(ListMetrics.dimensions(source.metric()))
                .unit(source.unit().map(Unit::wireName).orElse(null))
                .period(source.period());
        switch (source.statistic()) {
            case Statistic.Simple simple -> answer.statistic(simple.toString());
            case Statistic.Extended extended -> answer.extendedStatistic(extended.toString());
        }
    }

    private static MetricDataQuery query(Query query) {
        MetricDataQuery.Builder answer = MetricDataQuery.builder()
                .id(query.id())
                .label(query.label().orElse(null))
                .returnData(query.returnData());
        switch (query) {
            case ExpressionQuery expression -> {
                answer.expression(expression.expression());
                expression.period().ifPresent(answer::period);
            }
            case MetricStatQuery stat ->
                answer.metricStat(metricStat -> metricStat
                        .metric(metric -> metric.namespace(stat.metric().namespace())
                                .metricName(stat.metric().name())
                                .dimensions(ListMetrics.dimensions(stat.metric())))
                        .period(stat.period())
                        .stat(stat.statistic().toString())
                        .unit(stat.unit().map(Unit::wireName).orElse(null)));
        }
        return answer.build();
    }

    static CompositeAlarm composite(Alarm alarm, CompositeCondition condition) {
        AlarmDefinition definition = alarm.definition();
        AlarmStatus status = alarm.status();
        CompositeAlarm.Builder answer = CompositeAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(definition.arn())
                .alarmDescription(definition.description().orElse(null))
                .alarmConfigurationUpdatedTimestamp(definition.configured())
                .alarmRule(condition.rule().text())
                .actionsEnabled(definition.actions().enabled())
                .okActions(definition.actions().ok())
                .alarmActions(definition.actions().alarm())
                .insufficientDataActions(definition.actions().insufficientData())
                .stateValue(status.state().name())
                .stateReason(status.reason())
                .stateReasonData(reasonData(status))
                .stateUpdatedTimestamp(status.since())
                .stateTransitionedTimestamp(status.since());
        condition
                .suppressor()
                .ifPresent(suppressor -> answer.actionsSuppressor(suppressor.given())
                        .actionsSuppressorWaitPeriod(suppressor.waitPeriod())
                        .actionsSuppressorExtensionPeriod(suppressor.extensionPeriod()));
        alarm.suppression()
                .ifPresent(suppression -> answer.actionsSuppressedBy(
                                suppression.by().wireName())
                        .actionsSuppressedReason(suppression.reason()));
        return answer.build();
    }
}
