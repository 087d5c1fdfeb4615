package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads a CBOR or JSON document into one of the SDK's types, by the field descriptions that those types carry. They are not a
 * promised API of the SDK, which is why its version is pinned. Nothing is kept of members that are not in the model.
 */
final class PojoReader {
    /** The range of the wire's timestamps, years 0001 to 9999, in milliseconds. */
    private static final double MAX_MILLIS = 253_402_300_799_999.0;
    /** Values in one request: more than 1000 datums of 150 values and counts have, and few enough to hold. */
    static final int MAX_VALUES = 500_000;

    private final JsonParser parser;
    private int values;

    PojoReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Sets every field of the builder that the document has. Members that are not in the model are ignored, as Smithy asks of
     * servers.
     *
     * @throws ApiException if a member has another type than in the model
     * @throws IOException if the document is malformed, or something follows it
     */
    void readInto(SdkPojo builder) throws IOException {
        parser.nextToken();
        structure(builder, "the request");
        if (parser.nextToken() != null) {
            throw new ApiException(ErrorKind.SERIALIZATION, "Expected one structure, found more after it.");
        }
    }

    private void structure(SdkPojo builder, String name) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, name, "structure");
        Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            SdkField<?> field = fields.get(member);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                field.set(builder, value(field));
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT, name, "structure");
    }

    private Object value(SdkField<?> field) throws IOException {
        values++;
        if (values > MAX_VALUES) {
            throw new ApiException(ErrorKind.TOO_LARGE, "The request has more than " + MAX_VALUES + " values.");
        }
        String name = field.locationName();
        require(parser.currentToken() != null, name, "value");
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> {
                require(parser.currentToken() == JsonToken.VALUE_STRING, name, "string");
                yield wellFormed(parser.getText(), name);
            }
            case BOOLEAN -> {
                require(parser.currentToken().isBoolean(), name, "boolean");
                yield parser.getBooleanValue();
            }
            case INTEGER -> Math.toIntExact(integer(name, "integer", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> integer(name, "long", Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> number(name, "double");
            case INSTANT -> instant(name);
            case LIST -> list(field);
            case MAP -> map(field);
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                structure(builder, name);
                yield ((Buildable) builder).build();
            }
            case NULL, SHORT, BYTE, FLOAT, BIG_DECIMAL, SDK_BYTES, DOCUMENT ->
                throw new IllegalStateException("CloudWatch's model has no " + field.marshallingType());
        };
    }

    /** JSON can say half a surrogate pair, which no other protocol can and no file. */
    private static String wellFormed(String text, String name) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new ApiException(
                            ErrorKind.SERIALIZATION, "Expected Unicode for " + name + ", found half a surrogate pair.");
                }
                i++;
            }
        }
        return text;
    }

    private long integer(String name, String type, long minimum, long maximum) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, name, type);
        require(parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER, name, type);
        long value = parser.getLongValue();
        require(value >= minimum && value <= maximum, name, type);
        return value;
    }

    /** What JSON has no numbers for comes as a string. */
    private double number(String name, String type) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            switch (parser.getText()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default: // no number, as any other string
            }
        }
        require(parser.currentToken().isNumeric(), name, type);
        return parser.getDoubleValue();
    }

    /** Seconds since 1970, with milliseconds as fraction. */
    private Instant instant(String name) throws IOException {
        double millis = Math.rint(number(name, "timestamp") * 1000);
        require(Math.abs(millis) <= MAX_MILLIS, name, "timestamp");
        return Instant.ofEpochMilli((long) millis);
    }

    private List<Object> list(SdkField<?> field) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY, field.locationName(), "list");
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(member));
        }
        return elements;
    }

    private Map<String, Object> map(SdkField<?> field) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, field.locationName(), "map");
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            entries.put(key, value(member));
        }
        return entries;
    }

    private void require(boolean right, String name, String expected) throws IOException {
        if (!right) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION, "Expected a " + expected + " for " + name + ", found " + found() + ".");
        }
    }

    private String found() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getText();
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_OBJECT -> "a structure";
            case START_ARRAY -> "a list";
            case VALUE_EMBEDDED_OBJECT -> "bytes";
            case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE -> "something else";
        };
    }
}
