package io.failoverlab.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Events as JSON, with the entry fields of EventBridge's PutEvents in lower camel case. */
public final class EventJson {
    private static final Set<String> FIELDS = Set.of("time", "source", "detailType", "resources", "detail");

    private EventJson() {}

    public static ObjectNode write(LabEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("time", event.time().toString());
        node.put("source", event.source());
        node.put("detailType", event.detailType());
        ArrayNode resources = node.putArray("resources");
        event.resources().forEach(resources::add);
        node.set("detail", event.detail());
        return node;
    }

    /**
     * @param node an object with {@code time}, {@code source} and {@code detailType}; {@code resources} and {@code detail} may be
     *     left out
     * @throws IllegalArgumentException if a field is unknown, missing or of another type
     */
    public static LabEvent read(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("an event is a JSON object, found " + node.getNodeType());
        }
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown field " + unknown + "; an event has " + new TreeSet<>(FIELDS));
        }
        JsonNode detail = node.has("detail") ? node.get("detail") : JsonNodeFactory.instance.objectNode();
        return new LabEvent(time(node), text(node, "source"), text(node, "detailType"), resources(node), detail);
    }

    private static Instant time(JsonNode node) {
        String text = text(node, "time");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time must be an instant like 2026-01-02T03:04:05.678Z, found '" + text + "'", e);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " must be a text, found "
                    + (value.isMissingNode() ? "nothing" : value.getNodeType().toString()));
        }
        return value.textValue();
    }

    private static List<String> resources(JsonNode node) {
        List<String> resources = new ArrayList<>();
        for (JsonNode resource : node.path("resources")) {
            if (!resource.isTextual()) {
                throw new IllegalArgumentException("resources must be texts, found " + resource.getNodeType());
            }
            resources.add(resource.textValue());
        }
        return resources;
    }
}
