package io.failoverlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Alarm definitions as JSON in the store, with the parameter names of PutMetricAlarm. */
final class AlarmJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AlarmJson() {}

    static String write(AlarmDefinition definition) {
        ObjectNode node = JSON.createObjectNode();
        node.put("AlarmName", definition.name()).put("AlarmArn", definition.arn());
        definition.description().ifPresent(text -> node.put("AlarmDescription", text));
        node.put("ConfigurationUpdated", definition.configured().toString());
        AlarmDefinition.Actions actions = definition.actions();
        node.put("ActionsEnabled", actions.enabled());
        putTexts(node, "OKActions", actions.ok());
        putTexts(node, "AlarmActions", actions.alarm());
        putTexts(node, "InsufficientDataActions", actions.insufficientData());
        writeCondition(node, definition.condition());
        return node.toString();
    }

    private static void writeCondition(ObjectNode node, MetricCondition condition) {
        node.put("Namespace", condition.metric().namespace())
                .put("MetricName", condition.metric().name());
        ObjectNode dimensions = node.putObject("Dimensions");
        condition.metric().dimensions().forEach(dimensions::put);
        condition.unit().ifPresent(unit -> node.put("Unit", unit.wireName()));
        node.put("Statistic", condition.statistic().toString());
        node.put("Period", condition.period()).put("EvaluationPeriods", condition.evaluationPeriods());
        condition.datapointsToAlarm().ifPresent(m -> node.put("DatapointsToAlarm", m));
        node.put("ComparisonOperator", condition.comparison().wireName()).put("Threshold", condition.threshold());
        condition.missingData().ifPresent(missing -> node.put("TreatMissingData", missing.wireName()));
        condition.lowSamples().ifPresent(low -> node.put("EvaluateLowSampleCountPercentile", low.wireName()));
    }

    static AlarmDefinition read(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new AlarmDefinition(
                    node.path("AlarmName").asText(),
                    node.path("AlarmArn").asText(),
                    text(node, "AlarmDescription"),
                    new AlarmDefinition.Actions(
                            node.path("ActionsEnabled").asBoolean(),
                            texts(node, "OKActions"),
                            texts(node, "AlarmActions"),
                            texts(node, "InsufficientDataActions")),
                    readCondition(node),
                    Instant.parse(node.path("ConfigurationUpdated").asText()));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new StoreException("The store holds an alarm that cannot be read: " + json, e);
        }
    }

    private static MetricCondition readCondition(JsonNode node) {
        Map<String, String> dimensions = new TreeMap<>();
        node.path("Dimensions")
                .properties()
                .forEach(
                        entry -> dimensions.put(entry.getKey(), entry.getValue().asText()));
        return new MetricCondition(
                MetricId.of(
                        node.path("Namespace").asText(), node.path("MetricName").asText(), dimensions),
                text(node, "Unit").map(unit -> Unit.ofWireName(unit).orElseThrow()),
                Statistic.parse(node.path("Statistic").asText()).orElseThrow(),
                node.path("Period").asInt(),
                node.path("EvaluationPeriods").asInt(),
                node.has("DatapointsToAlarm")
                        ? OptionalInt.of(node.get("DatapointsToAlarm").asInt())
                        : OptionalInt.empty(),
                Comparison.ofWireName(node.path("ComparisonOperator").asText()).orElseThrow(),
                node.path("Threshold").asDouble(),
                text(node, "TreatMissingData")
                        .map(missing -> MissingData.ofWireName(missing).orElseThrow()),
                text(node, "EvaluateLowSampleCountPercentile")
                        .map(low -> LowSamples.ofWireName(low).orElseThrow()));
    }

    private static void putTexts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }
}
