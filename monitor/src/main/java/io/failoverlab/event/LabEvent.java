package io.failoverlab.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One thing that happened, with the fields of an EventBridge entry.
 *
 * @param time when it happened, by the clock of whoever reports it
 * @param source who says so, for example {@code failoverlab.elb} or {@code aws.cloudwatch}
 * @param detailType what kind of thing, for example {@code Target State Change}
 * @param resources names or ARNs of what it happened to; may be empty
 * @param detail a JSON object whose fields depend on the detail type; never changed after it was handed over
 */
public record LabEvent(Instant time, String source, String detailType, List<String> resources, JsonNode detail) {
    public LabEvent {
        Objects.requireNonNull(time, "time");
        requireText("source", source);
        requireText("detailType", detailType);
        resources = List.copyOf(resources);
        if (!detail.isObject()) {
            throw new IllegalArgumentException("detail must be a JSON object, found " + detail.getNodeType());
        }
    }

    private static void requireText(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }
}
