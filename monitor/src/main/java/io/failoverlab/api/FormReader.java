package io.failoverlab.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads the parameters of a form into one of the SDK's types, by the field descriptions that those types carry. */
final class FormReader {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,9})?");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private FormReader() {}

    /**
     * Sets every field of the builder that the form has. Parameters that are not in the model are ignored.
     *
     * @param prefix of the parameters' names, for messages
     * @throws ApiException if a parameter is not of its type
     */
    static void read(Form form, SdkPojo builder, String prefix) {
        for (SdkField<?> field : builder.sdkFields()) {
            Form parameter = form.get(field.locationName());
            if (parameter != null) {
                field.set(builder, value(field, parameter, prefix + field.locationName()));
            }
        }
    }

    private static Object value(SdkField<?> field, Form parameter, String name) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text(parameter, name, "string");
            case BOOLEAN -> bool(text(parameter, name, "boolean"), name);
            case INTEGER -> Math.toIntExact(integer(parameter, name, "integer", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> integer(parameter, name, "long", Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> number(text(parameter, name, "double"), name);
            case INSTANT -> time(text(parameter, name, "timestamp"), name);
            case LIST -> list(field, parameter, name);
            case MAP -> map(field, parameter, name);
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                read(parameter, builder, name + ".");
                yield ((Buildable) builder).build();
            }
            case NULL, SHORT, BYTE, FLOAT, BIG_DECIMAL, SDK_BYTES, DOCUMENT ->
                throw new IllegalStateException("CloudWatch's model has no " + field.marshallingType());
        };
    }

    private static String text(Form parameter, String name, String type) {
        if (parameter.text() == null) {
            throw malformed(name, type, "a structure");
        }
        return parameter.text();
    }

    private static boolean bool(String text, String name) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "boolean", "'" + text + "'");
        };
    }

    private static long integer(Form parameter, String name, String type, long minimum, long maximum) {
        String text = text(parameter, name, type);
        try {
            long value = Long.parseLong(text);
            if (value >= minimum && value <= maximum) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw malformed(name, type, "'" + text + "'");
    }

    private static double number(String text, String name) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw malformed(name, "double", "'" + text + "'");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /** ISO 8601; without an offset it is UTC. */
    private static Instant time(String text, String name) {
        try {
            TemporalAccessor time = TIME.parseBest(text, Instant::from, LocalDateTime::from);
            Instant instant =
                    time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(time);
            if (instant.isAfter(FIRST) && instant.isBefore(LAST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // told below, as a year out of range is
        }
        throw malformed(name, "timestamp like 2026-01-02T03:04:05Z", "'" + text + "'");
    }

    /** A list that is empty comes as one parameter without a value. */
    private static List<Object> list(SdkField<?> field, Form parameter, String name) {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Form> members = parameter.members();
        if (members.isEmpty() && !"".equals(parameter.text())) {
            throw malformed(name, "list (" + name + ".member.1 and so on)", "something else");
        }
        List<Object> elements = new ArrayList<>(members.size());
        for (Form element : members) {
            elements.add(value(member, element, name + ".member." + (elements.size() + 1)));
        }
        return elements;
    }

    private static Map<String, Object> map(SdkField<?> field, Form parameter, String name) {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Form entry : parameter.entries()) {
            Form key = entry.get("key");
            Form value = entry.get("value");
            if (key == null || value == null) {
                throw malformed(name, "map (" + name + ".entry.1.key, " + name + ".entry.1.value)", "something else");
            }
            entries.put(text(key, name, "key"), value(member, value, name));
        }
        return entries;
    }

    private static ApiException malformed(String name, String expected, String found) {
        return new ApiException(
                ErrorKind.SERIALIZATION, "Expected a " + expected + " for " + name + ", found " + found + ".");
    }
}
