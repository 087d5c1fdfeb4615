package io.failoverlab.elb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answered request as the balancer saw it.
 *
 * @param at when it was answered
 * @param status code sent to the client
 * @param seconds from the first byte read to the last byte sent
 * @param endpoint address and port of the target that was tried last; empty if none was
 * @param attempts how many targets were tried
 * @param targetAnswered whether the last target sent response headers; otherwise the balancer made the answer itself
 * @param targetSeconds until the last target sent its response headers, if it did
 */
record AccessLogEntry(
        Instant at,
        int status,
        double seconds,
        String endpoint,
        int attempts,
        boolean targetAnswered,
        OptionalDouble targetSeconds) {

    /** Reads a line of the access log; empty if the line is something else that nginx printed. */
    static Optional<AccessLogEntry> parse(ObjectMapper json, String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = json.readTree(line);
            String[] endpoints = attempts(node.path("upstream").asText());
            String[] headers = attempts(node.path("headerSeconds").asText());
            OptionalDouble targetSeconds = lastNumber(headers);
            return Optional.of(new AccessLogEntry(
                    instantOf(node.path("at").asText()),
                    node.path("status").asInt(),
                    node.path("seconds").asDouble(),
                    endpoints.length == 0 ? "" : endpoints[endpoints.length - 1],
                    endpoints.length,
                    targetSeconds.isPresent(),
                    targetSeconds));
        } catch (JsonProcessingException | NumberFormatException torn) {
            return Optional.empty();
        }
    }

    /** nginx lists several attempts as "a, b", with " : " in place of the comma after an internal redirect. */
    private static String[] attempts(String text) {
        return text.isBlank() ? new String[0] : text.split("\\s*[,:]\\s+");
    }

    private static OptionalDouble lastNumber(String[] values) {
        if (values.length == 0 || values[values.length - 1].equals("-")) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(values[values.length - 1]));
    }

    private static Instant instantOf(String secondsWithMillis) {
        return Instant.ofEpochMilli(Math.round(Double.parseDouble(secondsWithMillis) * 1000));
    }
}
