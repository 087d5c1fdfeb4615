package io.failoverlab.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import java.util.List;
import java.util.Locale;

/**
 * The HistoryData of a ConfigurationUpdate: the whole alarm, with the keys that recorded histories of metric alarms have. How
 * CloudWatch writes alarms on metric math and composite alarms there is not known; these have the API's names in lower camel case.
 */
final class ConfigurationDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConfigurationDocument() {}

    /** @param kind Create, Update or Delete */
    static ObjectNode of(String kind, Alarm alarm) {
        ObjectNode data = JSON.objectNode().put("version", "1.0").put("type", kind);
        AlarmDefinition definition = alarm.definition();
        ObjectNode written =
                data.putObject(kind.toLowerCase(Locale.ROOT) + "dAlarm").put("alarmName", alarm.name());
        definition.description().ifPresent(text -> written.put("alarmDescription", text));
        written.put("alarmArn", definition.arn())
                .put("alarmConfigurationUpdatedTimestamp", AlarmDocuments.time(definition.configured()));
        switch (definition.condition()) {
            case MetricCondition condition -> put(written, condition);
            case CompositeCondition condition -> put(written, condition);
        }
        written.put("stateValue", alarm.status().state().name())
                .put("stateUpdatedTimestamp", AlarmDocuments.time(alarm.status().since()));
        AlarmDefinition.Actions actions = definition.actions();
        written.put("actionsEnabled", actions.enabled());
        putTexts(written, "alarmActions", actions.alarm());
        putTexts(written, "insufficientDataActions", actions.insufficientData());
        putTexts(written, "okactions", actions.ok());
        return data;
    }

    private static void put(ObjectNode alarm, MetricCondition condition) {
        switch (condition.source()) {
            case MetricSource source -> put(alarm, source);
            case MathSource source -> {
                ArrayNode metrics = alarm.putArray("metrics");
                source.list().forEach(query -> put(metrics.addObject(), query));
            }
        }
        alarm.put("threshold", condition.threshold())
                .put("comparisonOperator", condition.comparison().wireName())
                .put("evaluationPeriods", condition.evaluationPeriods());
        condition.datapointsToAlarm().ifPresent(needed -> alarm.put("datapointsToAlarm", needed));
        condition.missingData().ifPresent(treatment -> alarm.put("treatMissingData", treatment.wireName()));
        condition
                .lowSamples()
                .ifPresent(treatment -> alarm.put("evaluateLowSampleCountPercentile", treatment.wireName()));
    }

    private static void put(ObjectNode alarm, MetricSource source) {
        putMetric(alarm, source.metric());
        switch (source.statistic()) {
            case Statistic.Simple simple -> alarm.put("statistic", simple.toString());
            case Statistic.Extended extended -> alarm.put("extendedStatistic", extended.toString());
        }
        alarm.put("period", source.period());
        source.unit().ifPresent(unit -> alarm.put("unit", unit.wireName()));
    }

    private static void put(ObjectNode metric, Query query) {
        metric.put("id", query.id());
        switch (query) {
            case ExpressionQuery expression -> {
                metric.put("expression", expression.expression());
                expression.period().ifPresent(period -> metric.put("period", period));
            }
            case MetricStatQuery stat -> {
                ObjectNode metricStat = metric.putObject("metricStat");
                putMetric(metricStat.putObject("metric"), stat.metric());
                metricStat
                        .put("period", stat.period())
                        .put("stat", stat.statistic().toString());
                stat.unit().ifPresent(unit -> metricStat.put("unit", unit.wireName()));
            }
        }
        query.label().ifPresent(label -> metric.put("label", label));
        metric.put("returnData", query.returnData());
    }

    private static void putMetric(ObjectNode node, MetricId metric) {
        node.put("namespace", metric.namespace()).put("metricName", metric.name());
        node.set("dimensions", AlarmNotification.dimensions(metric));
    }

    private static void put(ObjectNode alarm, CompositeCondition condition) {
        alarm.put("alarmRule", condition.rule().text());
        condition
                .suppressor()
                .ifPresent(suppressor -> alarm.put("actionsSuppressor", suppressor.given())
                        .put("actionsSuppressorWaitPeriod", suppressor.waitPeriod())
                        .put("actionsSuppressorExtensionPeriod", suppressor.extensionPeriod()));
    }

    private static void putTexts(ObjectNode node, String key, List<String> texts) {
        ArrayNode array = node.putArray(key);
        texts.forEach(array::add);
    }
}
