package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes the SDK's types as CBOR or JSON documents, by the field descriptions that those types carry. */
final class PojoWriter {
    /** How a protocol writes a time. */
    interface Timestamps {
        void write(JsonGenerator generator, Instant time) throws IOException;
    }

    private PojoWriter() {}

    static void write(SdkPojo pojo, JsonGenerator generator, Timestamps timestamps) throws IOException {
        generator.writeStartObject();
        writeFields(pojo, generator, timestamps);
        generator.writeEndObject();
    }

    static void writeFields(SdkPojo pojo, JsonGenerator generator, Timestamps timestamps) throws IOException {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (isSet(value)) {
                generator.writeFieldName(field.locationName());
                writeValue(value, generator, timestamps);
            }
        }
    }

    /** The SDK's own empty collections mean "not set"; a list that was set and is empty is written. */
    static boolean isSet(Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    private static void writeValue(Object value, JsonGenerator generator, Timestamps timestamps) throws IOException {
        switch (value) {
            case String text -> generator.writeString(text);
            case Boolean bool -> generator.writeBoolean(bool);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Instant time -> timestamps.write(generator, time);
            case SdkPojo pojo -> write(pojo, generator, timestamps);
            case List<?> list -> {
                generator.writeStartArray(list, list.size());
                for (Object element : list) {
                    writeValue(element, generator, timestamps);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName((String) entry.getKey());
                    writeValue(entry.getValue(), generator, timestamps);
                }
                generator.writeEndObject();
            }
            default -> throw new IllegalStateException("CloudWatch's model has no " + value.getClass());
        }
    }
}
