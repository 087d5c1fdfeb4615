package io.failoverlab.history;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How the values of this package look in JSON: durations as seconds, exact to the nanosecond; instants in ISO 8601; enums in
 * AWS's spelling; the kind of an event in its field {@code event}. Every field is required and no other is allowed, so that
 * a file of another version is refused and not half understood.
 */
final class HistoryJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .addModule(times())
            .addMixIn(Event.class, EventKind.class)
            .addMixIn(LedgerReading.FinalRead.class, FinalReadKind.class)
            .registerSubtypes(Event.class.getPermittedSubclasses())
            .registerSubtypes(LedgerReading.FinalRead.class.getPermittedSubclasses())
            .build();

    private HistoryJson() {}

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** The names of the kinds of events, for messages. */
    static String eventKinds() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "event")
    private interface EventKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "result")
    private interface FinalReadKind {}

    private static SimpleModule times() {
        return new SimpleModule("times")
                .addSerializer(Duration.class, new JsonSerializer<>() {
                    @Override
                    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        BigDecimal seconds = BigDecimal.valueOf(value.getSeconds())
                                .add(BigDecimal.valueOf(value.getNano(), 9))
                                .stripTrailingZeros();
                        out.writeNumber(seconds.scale() < 0 ? seconds.setScale(0) : seconds);
                    }
                })
                .addDeserializer(Duration.class, new JsonDeserializer<>() {
                    @Override
                    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        BigDecimal nanos = in.getDecimalValue().movePointRight(9);
                        return Duration.ofNanos(nanos.longValueExact());
                    }
                })
                .addSerializer(Instant.class, new JsonSerializer<>() {
                    @Override
                    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                        out.writeString(value.toString());
                    }
                })
                .addDeserializer(Instant.class, new JsonDeserializer<>() {
                    @Override
                    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return Instant.parse(in.getText());
                    }
                });
    }
}
