package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Turns trees into the SDK's types and back, by the field descriptions that those types carry. They are not a promised API of the
 * SDK, which is why its version is pinned.
 */
final class PojoCodec {
    /** The range of the wire's timestamps, years 0001 to 9999, in milliseconds. */
    private static final double MAX_MILLIS = 253_402_300_799_999.0;

    /** How a protocol writes a time. */
    interface Timestamps {
        void write(JsonGenerator generator, Instant time) throws IOException;
    }

    private PojoCodec() {}

    /**
     * Sets every field of the builder that the tree has. Members that are not in the model are ignored, as Smithy asks of servers.
     *
     * @throws ApiException if a member has another type than in the model
     */
    static void decode(JsonNode tree, SdkPojo builder) {
        if (!tree.isObject()) {
            throw malformed("the request", "structure", tree);
        }
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode member = tree.get(field.locationName());
            if (member != null && !member.isNull()) {
                field.set(builder, value(field, member));
            }
        }
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        String name = field.locationName();
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> require(node.isTextual(), name, "string", node).textValue();
            case BOOLEAN -> require(node.isBoolean(), name, "boolean", node).booleanValue();
            case INTEGER ->
                require(node.isIntegralNumber() && node.canConvertToInt(), name, "integer", node)
                        .intValue();
            case LONG ->
                require(node.isIntegralNumber() && node.canConvertToLong(), name, "long", node)
                        .longValue();
            case DOUBLE -> require(node.isNumber(), name, "double", node).doubleValue();
            case INSTANT -> instant(name, require(node.isNumber(), name, "timestamp", node));
            case LIST -> list(field, require(node.isArray(), name, "list", node));
            case MAP -> map(field, require(node.isObject(), name, "map", node));
            case SDK_POJO -> structure(field, node);
            case NULL, SHORT, BYTE, FLOAT, BIG_DECIMAL, SDK_BYTES, DOCUMENT ->
                throw new IllegalStateException("CloudWatch's model has no " + field.marshallingType());
        };
    }

    private static Object structure(SdkField<?> field, JsonNode node) {
        SdkPojo builder = field.constructor().get();
        decode(require(node.isObject(), field.locationName(), "structure", node), builder);
        return ((Buildable) builder).build();
    }

    private static List<Object> list(SdkField<?> field, JsonNode node) {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> values = new ArrayList<>(node.size());
        node.forEach(element -> values.add(value(member, element)));
        return values;
    }

    private static Map<String, Object> map(SdkField<?> field, JsonNode node) {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> values.put(entry.getKey(), value(member, entry.getValue())));
        return values;
    }

    /** Seconds since 1970, with milliseconds as fraction. */
    private static Instant instant(String name, JsonNode node) {
        double millis = Math.rint(node.doubleValue() * 1000);
        require(Math.abs(millis) <= MAX_MILLIS, name, "timestamp", node);
        return Instant.ofEpochMilli((long) millis);
    }

    private static JsonNode require(boolean right, String name, String expected, JsonNode found) {
        if (!right) {
            throw malformed(name, expected, found);
        }
        return found;
    }

    private static ApiException malformed(String name, String expected, JsonNode found) {
        return new ApiException(
                ErrorKind.SERIALIZATION,
                "Expected a " + expected + " for " + name + ", found "
                        + (found.isNumber() ? "the number " + found : "a " + found.getNodeType()) + ".");
    }

    static void encode(SdkPojo pojo, JsonGenerator generator, Timestamps timestamps) throws IOException {
        generator.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            // The SDK's own empty collections mean "not set"; a list that was set and is empty is written.
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                generator.writeFieldName(field.locationName());
                encodeValue(value, generator, timestamps);
            }
        }
        generator.writeEndObject();
    }

    private static void encodeValue(Object value, JsonGenerator generator, Timestamps timestamps) throws IOException {
        switch (value) {
            case String text -> generator.writeString(text);
            case Boolean bool -> generator.writeBoolean(bool);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Instant time -> timestamps.write(generator, time);
            case SdkPojo pojo -> encode(pojo, generator, timestamps);
            case List<?> list -> {
                generator.writeStartArray(list, list.size());
                for (Object element : list) {
                    encodeValue(element, generator, timestamps);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    encodeValue(entry.getValue(), generator, timestamps);
                }
                generator.writeEndObject();
            }
            default -> throw new IllegalStateException("CloudWatch's model has no " + value.getClass());
        }
    }
}
