package io.failoverlab.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The queries of alarms on metric math as JSON in the store. */
final class QueryJson {
    private QueryJson() {}

    static ArrayNode write(List<Query> queries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Query query : queries) {
            ObjectNode node = array.addObject().put("Id", query.id()).put("ReturnData", query.returnData());
            query.label().ifPresent(label -> node.put("Label", label));
            switch (query) {
                case ExpressionQuery expression -> {
                    node.put("Expression", expression.expression());
                    expression.period().ifPresent(period -> node.put("Period", period));
                }
                case MetricStatQuery stat -> {
                    writeMetric(node, stat.metric());
                    stat.unit().ifPresent(unit -> node.put("Unit", unit.wireName()));
                    node.put("Stat", stat.statistic().toString()).put("Period", stat.period());
                }
            }
        }
        return array;
    }

    static void writeMetric(ObjectNode node, MetricId metric) {
        node.put("Namespace", metric.namespace()).put("MetricName", metric.name());
        ObjectNode dimensions = node.putObject("Dimensions");
        metric.dimensions().forEach(dimensions::put);
    }

    static List<Query> read(JsonNode array) {
        List<Query> queries = new ArrayList<>();
        for (JsonNode node : array) {
            String id = node.path("Id").asText();
            Optional<String> label = Optional.ofNullable(node.get("Label")).map(JsonNode::asText);
            boolean returnData = node.path("ReturnData").asBoolean();
            queries.add(
                    node.has("Expression")
                            ? new ExpressionQuery(
                                    id,
                                    label,
                                    returnData,
                                    node.get("Expression").asText(),
                                    readPeriod(node))
                            : new MetricStatQuery(
                                    id,
                                    label,
                                    returnData,
                                    readMetric(node),
                                    readUnit(node),
                                    Statistic.parse(node.path("Stat").asText()).orElseThrow(),
                                    readPeriod(node).orElseThrow()));
        }
        return queries;
    }

    private static OptionalInt readPeriod(JsonNode node) {
        return node.has("Period") ? OptionalInt.of(node.get("Period").asInt()) : OptionalInt.empty();
    }

    static MetricId readMetric(JsonNode node) {
        Map<String, String> dimensions = new TreeMap<>();
        node.path("Dimensions")
                .properties()
                .forEach(
                        entry -> dimensions.put(entry.getKey(), entry.getValue().asText()));
        return MetricId.of(
                node.path("Namespace").asText(), node.path("MetricName").asText(), dimensions);
    }

    static Optional<Unit> readUnit(JsonNode node) {
        return Optional.ofNullable(node.get("Unit"))
                .map(unit -> Unit.ofWireName(unit.asText()).orElseThrow());
    }
}
