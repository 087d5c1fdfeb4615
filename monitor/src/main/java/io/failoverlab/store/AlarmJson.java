package io.failoverlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.alarm.AlarmCondition;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmRuleParser;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.CompositeCondition;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MathSource;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.alarm.Suppression;
import io.failoverlab.alarm.Suppressor;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Alarm definitions as JSON in the store, with the parameter names of PutMetricAlarm and PutCompositeAlarm. */
final class AlarmJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scope scope;

    /** @param scope whose alarms are read */
    AlarmJson(Scope scope) {
        this.scope = scope;
    }

    String write(AlarmDefinition definition) {
        ObjectNode node = JSON.createObjectNode();
        node.put("AlarmName", definition.name()).put("AlarmArn", definition.arn());
        definition.description().ifPresent(text -> node.put("AlarmDescription", text));
        node.put("ConfigurationUpdated", definition.configured().toString());
        AlarmDefinition.Actions actions = definition.actions();
        node.put("ActionsEnabled", actions.enabled());
        putTexts(node, "OKActions", actions.ok());
        putTexts(node, "AlarmActions", actions.alarm());
        putTexts(node, "InsufficientDataActions", actions.insufficientData());
        switch (definition.condition()) {
            case MetricCondition condition -> writeMetric(node, condition);
            case CompositeCondition condition -> writeComposite(node, condition);
        }
        return node.toString();
    }

    private static void writeMetric(ObjectNode node, MetricCondition condition) {
        switch (condition.source()) {
            case MetricSource source -> writeSource(node, source);
            case MathSource source -> node.set("Metrics", QueryJson.write(source.list()));
        }
        node.put("EvaluationPeriods", condition.evaluationPeriods());
        condition.datapointsToAlarm().ifPresent(m -> node.put("DatapointsToAlarm", m));
        node.put("ComparisonOperator", condition.comparison().wireName()).put("Threshold", condition.threshold());
        condition.missingData().ifPresent(missing -> node.put("TreatMissingData", missing.wireName()));
        condition.lowSamples().ifPresent(low -> node.put("EvaluateLowSampleCountPercentile", low.wireName()));
    }

    private static void writeSource(ObjectNode node, MetricSource source) {
        QueryJson.writeMetric(node, source.metric());
        source.unit().ifPresent(unit -> node.put("Unit", unit.wireName()));
        node.put("Statistic", source.statistic().toString()).put("Period", source.period());
    }

    private static void writeComposite(ObjectNode node, CompositeCondition condition) {
        node.put("AlarmRule", condition.rule().text());
        condition
                .suppressor()
                .ifPresent(suppressor -> node.put("ActionsSuppressor", suppressor.given())
                        .put("ActionsSuppressorAlarmName", suppressor.alarmName())
                        .put("ActionsSuppressorWaitPeriod", suppressor.waitPeriod())
                        .put("ActionsSuppressorExtensionPeriod", suppressor.extensionPeriod()));
    }

    AlarmDefinition read(String json) {
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
                    node.has("AlarmRule") ? readComposite(node) : readMetric(node),
                    Instant.parse(node.path("ConfigurationUpdated").asText()));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new StoreException("The store holds an alarm that cannot be read: " + json, e);
        }
    }

    private static AlarmCondition readMetric(JsonNode node) {
        return new MetricCondition(
                node.has("Metrics") ? new MathSource(QueryJson.read(node.get("Metrics"))) : readSource(node),
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

    private static MetricSource readSource(JsonNode node) {
        return new MetricSource(
                QueryJson.readMetric(node),
                QueryJson.readUnit(node),
                Statistic.parse(node.path("Statistic").asText()).orElseThrow(),
                node.path("Period").asInt());
    }

    private AlarmCondition readComposite(JsonNode node) {
        return new CompositeCondition(
                AlarmRuleParser.parse(node.path("AlarmRule").asText(), scope.alarmArn("")),
                text(node, "ActionsSuppressor")
                        .map(given -> new Suppressor(
                                given,
                                node.path("ActionsSuppressorAlarmName").asText(),
                                node.path("ActionsSuppressorWaitPeriod").asInt(),
                                node.path("ActionsSuppressorExtensionPeriod").asInt())));
    }

    /** Null where nothing waits. */
    static String write(Optional<Suppression> suppression) {
        return suppression
                .map(waiting -> {
                    ObjectNode node = JSON.createObjectNode()
                            .put("By", waiting.by().name())
                            .put("Id", waiting.pending().id())
                            .put("From", waiting.pending().from().name());
                    waiting.until().ifPresent(until -> node.put("Until", until.toString()));
                    return node.toString();
                })
                .orElse(null);
    }

    static Optional<Suppression> readSuppression(String json) {
        try {
            JsonNode node = json == null ? null : JSON.readTree(json);
            return Optional.ofNullable(node)
                    .map(waiting -> new Suppression(
                            Suppression.By.valueOf(waiting.path("By").asText()),
                            text(waiting, "Until").map(Instant::parse),
                            new Suppression.Pending(
                                    waiting.path("Id").asText(),
                                    AlarmState.valueOf(waiting.path("From").asText()))));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new StoreException("The store holds a suppression that cannot be read: " + json, e);
        }
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
