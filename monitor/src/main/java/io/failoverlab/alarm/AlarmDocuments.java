package io.failoverlab.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/**
 * The JSON documents that CloudWatch makes of an alarm: StateReasonData and HistoryData of the API, the message of its SNS action
 * and its event on EventBridge ("Alarm events and EventBridge").
 */
public final class AlarmDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private AlarmDocuments() {}

    static ObjectNode reasonData(MetricCondition condition, Evaluation evaluation, Instant now) {
        ObjectNode data = JSON.objectNode().put("version", "1.0").put("queryDate", TIME.format(now));
        List<Evaluation.Point> points = evaluation.points();
        if (!points.isEmpty()) {
            data.put("startDate", TIME.format(points.getLast().start()));
        }
        condition.unit().ifPresent(unit -> data.put("unit", unit.wireName()));
        data.put("statistic", condition.statistic().toString()).put("period", condition.period());
        ArrayNode recent = data.putArray("recentDatapoints");
        points.forEach(point -> recent.add(point.value()));
        data.put("threshold", condition.threshold());
        ArrayNode evaluated = data.putArray("evaluatedDatapoints");
        points.forEach(point -> evaluated
                .addObject()
                .put("timestamp", TIME.format(point.start()))
                .put("sampleCount", point.sampleCount())
                .put("value", point.value()));
        return data;
    }

    static ObjectNode stateUpdate(AlarmStatus from, AlarmStatus to) {
        ObjectNode data = JSON.objectNode().put("version", "1.0");
        data.set("oldState", historyState(from));
        data.set("newState", historyState(to));
        return data;
    }

    private static ObjectNode historyState(AlarmStatus status) {
        ObjectNode state =
                JSON.objectNode().put("stateValue", status.state().name()).put("stateReason", status.reason());
        if (!status.reasonData().isEmpty()) {
            state.putRawValue("stateReasonData", new RawValue(status.reasonData()));
        }
        return state;
    }

    static ObjectNode configurationUpdate(String kind, AlarmDefinition definition) {
        ObjectNode data = JSON.objectNode().put("version", "1.0").put("type", kind);
        ObjectNode updated = data.putObject("updatedAlarm");
        updated.put("alarmName", definition.name()).put("alarmArn", definition.arn());
        updated.put("condition", definition.condition().inWords());
        return data;
    }

    /**
     * The message of an SNS action, with two keys more: {@code AlarmHistoryItemId} and {@code MessageId}, both the id of the
     * history item, by which a receiver recognises a repeated delivery.
     */
    static ObjectNode notification(AlarmTransition transition) {
        AlarmDefinition definition = transition.definition();
        ObjectNode message = JSON.objectNode();
        message.put("MessageId", transition.id()).put("AlarmHistoryItemId", transition.id());
        message.put("AlarmName", definition.name());
        message.put("AlarmDescription", definition.description().orElse(null));
        message.put("AWSAccountId", definition.arn().split(":")[4]);
        message.put("AlarmConfigurationUpdatedTimestamp", TIME.format(definition.configured()));
        message.put("NewStateValue", transition.to().state().name());
        message.put("NewStateReason", transition.to().reason());
        message.put("StateChangeTime", TIME.format(transition.to().since()));
        message.put("Region", regionName(definition.arn()));
        message.put("AlarmArn", definition.arn());
        message.put("OldStateValue", transition.from().state().name());
        message.set("OKActions", texts(definition.actions().ok()));
        message.set("AlarmActions", texts(definition.actions().alarm()));
        message.set("InsufficientDataActions", texts(definition.actions().insufficientData()));
        message.set("Trigger", trigger(definition.condition()));
        return message;
    }

    /** The long name, as SNS messages carry it: {@code Asia Pacific (Tokyo)}. */
    private static String regionName(String arn) {
        String region = arn.split(":")[3];
        RegionMetadata metadata = RegionMetadata.of(Region.of(region));
        return metadata == null ? region : metadata.description();
    }

    private static ObjectNode trigger(MetricCondition condition) {
        ObjectNode trigger = JSON.objectNode();
        trigger.put("MetricName", condition.metric().name());
        trigger.put("Namespace", condition.metric().namespace());
        switch (condition.statistic()) {
            case Statistic.Simple simple ->
                trigger.put("StatisticType", "Statistic").put("Statistic", simple.name());
            case Statistic.Extended extended ->
                trigger.put("StatisticType", "ExtendedStatistic").put("ExtendedStatistic", extended.toString());
        }
        trigger.put("Unit", condition.unit().map(Unit::wireName).orElse(null));
        ArrayNode dimensions = trigger.putArray("Dimensions");
        condition
                .metric()
                .dimensions()
                .forEach((name, value) ->
                        dimensions.addObject().put("value", value).put("name", name));
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

    /** The state change as an event, with EventBridge's detail. */
    public static LabEvent event(AlarmTransition transition) {
        AlarmDefinition definition = transition.definition();
        ObjectNode detail = JSON.objectNode().put("alarmName", definition.name());
        detail.set("state", eventState(transition.to()));
        detail.set("previousState", eventState(transition.from()));
        ObjectNode configuration = detail.putObject("configuration");
        definition.description().ifPresent(text -> configuration.put("description", text));
        ObjectNode query =
                configuration.putArray("metrics").addObject().put("id", "m1").put("returnData", true);
        ObjectNode stat = query.putObject("metricStat");
        MetricCondition condition = definition.condition();
        ObjectNode metric = stat.putObject("metric");
        metric.put("namespace", condition.metric().namespace())
                .put("name", condition.metric().name());
        ObjectNode dimensions = metric.putObject("dimensions");
        condition.metric().dimensions().forEach(dimensions::put);
        stat.put("period", condition.period()).put("stat", condition.statistic().toString());
        return new LabEvent(
                transition.to().since(), "aws.cloudwatch", "Alarm State Change", List.of(definition.arn()), detail);
    }

    private static ObjectNode eventState(AlarmStatus status) {
        ObjectNode state = JSON.objectNode()
                .put("value", status.state().name())
                .put("reason", status.reason())
                .put("timestamp", TIME.format(status.since()));
        if (!status.reasonData().isEmpty()) {
            state.put("reasonData", status.reasonData());
        }
        return state;
    }

    private static JsonNode texts(List<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
