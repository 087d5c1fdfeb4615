package io.failoverlab.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.List;
import software.amazon.awssdk.regions.GeneratedRegionMetadataProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/**
 * The message of an SNS action (CloudWatch User Guide, "Invoke a Lambda function from an alarm" and "Notifying users on alarm
 * changes"), with three keys more: {@code MessageId} and {@code AlarmHistoryItemId}, both the id of the history item, by which a
 * receiver recognises a repeated delivery, and {@code NewStateExplanation}, for people.
 */
final class AlarmNotification {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AlarmNotification() {}

    static ObjectNode of(Alarm alarm, Suppression.Pending change) {
        AlarmDefinition definition = alarm.definition();
        AlarmStatus status = alarm.status();
        ObjectNode message = JSON.objectNode();
        message.put("MessageId", change.id()).put("AlarmHistoryItemId", change.id());
        message.put("AlarmName", definition.name());
        message.put("AlarmDescription", definition.description().orElse(null));
        message.put("AWSAccountId", definition.arn().split(":")[4]);
        message.put("AlarmConfigurationUpdatedTimestamp", AlarmDocuments.time(definition.configured()));
        message.put("NewStateValue", status.state().name());
        message.put("NewStateReason", status.reason());
        message.put("NewStateExplanation", status.explanation());
        message.put("StateChangeTime", AlarmDocuments.time(status.since()));
        message.put("Region", regionName(definition.arn()));
        message.put("AlarmArn", definition.arn());
        message.put("OldStateValue", change.from().name());
        message.set("OKActions", texts(definition.actions().ok()));
        message.set("AlarmActions", texts(definition.actions().alarm()));
        message.set("InsufficientDataActions", texts(definition.actions().insufficientData()));
        switch (definition.condition()) {
            case MetricCondition condition -> message.set("Trigger", trigger(condition));
            case CompositeCondition condition -> {
                message.put("AlarmRule", condition.rule().text());
                message.set("TriggeringChildren", triggeringChildren(status));
            }
        }
        return message;
    }

    /** The long name, as SNS messages carry it: {@code Asia Pacific (Tokyo)}. Of the SDK's lists this reads one alone. */
    private static String regionName(String arn) {
        String region = arn.split(":")[3];
        RegionMetadata metadata = new GeneratedRegionMetadataProvider().regionMetadata(Region.of(region));
        return metadata == null ? region : metadata.description();
    }

    private static ObjectNode trigger(MetricCondition condition) {
        ObjectNode trigger = JSON.objectNode();
        switch (condition.source()) {
            case MetricSource source -> putMetric(trigger, source);
            case MathSource source ->
                source.list().forEach(query -> putQuery(trigger.withArrayProperty("Metrics"), query));
        }
        trigger.put("Period", condition.period());
        trigger.put("EvaluationPeriods", condition.evaluationPeriods());
        condition.datapointsToAlarm().ifPresent(m -> trigger.put("DatapointsToAlarm", m));
        trigger.put("ComparisonOperator", condition.comparison().wireName());
        trigger.put("Threshold", condition.threshold());
        trigger.put(
                "TreatMissingData",
                condition.missingData().map(MissingData::wireName).orElse(""));
        trigger.put(
                "EvaluateLowSampleCountPercentile",
                condition.lowSamples().map(LowSamples::wireName).orElse(""));
        return trigger;
    }

    private static void putMetric(ObjectNode trigger, MetricSource source) {
        trigger.put("MetricName", source.metric().name());
        trigger.put("Namespace", source.metric().namespace());
        if (source.statistic() instanceof Statistic.Simple simple) {
            trigger.put("StatisticType", "Statistic").put("Statistic", simple.name());
        } else {
            trigger.put("StatisticType", "ExtendedStatistic")
                    .put("ExtendedStatistic", source.statistic().toString());
        }
        trigger.put("Unit", source.unit().map(Unit::wireName).orElse(null));
        trigger.set("Dimensions", dimensions(source.metric()));
    }

    private static void putQuery(ArrayNode queries, Query query) {
        ObjectNode node = queries.addObject().put("Id", query.id());
        switch (query) {
            case ExpressionQuery expression -> node.put("Expression", expression.expression());
            case MetricStatQuery stat -> {
                ObjectNode metricStat = node.putObject("MetricStat");
                ObjectNode metric = metricStat.putObject("Metric");
                metric.set("Dimensions", dimensions(stat.metric()));
                metric.put("MetricName", stat.metric().name())
                        .put("Namespace", stat.metric().namespace());
                metricStat
                        .put("Period", stat.period())
                        .put("Stat", stat.statistic().toString());
                stat.unit().ifPresent(unit -> metricStat.put("Unit", unit.wireName()));
            }
        }
        query.label().ifPresent(label -> node.put("Label", label));
        node.put("ReturnData", query.returnData());
    }

    static ArrayNode dimensions(MetricId metric) {
        ArrayNode dimensions = JSON.arrayNode();
        metric.dimensions()
                .forEach((name, value) ->
                        dimensions.addObject().put("value", value).put("name", name));
        return dimensions;
    }

    /** What the state's reason says, with the keys of SNS messages. */
    private static ArrayNode triggeringChildren(AlarmStatus status) {
        ArrayNode children = JSON.arrayNode();
        for (JsonNode alarm : parse(status.reasonData()).path("triggeringAlarms")) {
            ObjectNode child = children.addObject().put("Arn", alarm.path("arn").asText());
            child.putObject("State")
                    .put("Value", alarm.at("/state/value").asText())
                    .put("Timestamp", alarm.at("/state/timestamp").asText());
        }
        return children;
    }

    /** A state that was set by hand may have no data, or data of another kind. */
    private static JsonNode parse(String reasonData) {
        try {
            return MAPPER.readTree(reasonData);
        } catch (JsonProcessingException e) {
            return JSON.objectNode();
        }
    }

    private static JsonNode texts(List<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
