package io.failoverlab.elb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answered request as the balancer saw it.
 *
 * @param at when it was answered
 * @param status code sent to the client
 * @param node address at which the balancer took it
 * @param newConnection whether it was the first on its connection
 * @param bytes received from and sent to the client, headers included
 * @param attempts the targets tried, in order; none if the balancer chose no target
 * @param targetAnswered whether the answer came from the last of them; otherwise the balancer made it
 */
record AccessLogEntry(
        Instant at,
        int status,
        String node,
        boolean newConnection,
        long bytes,
        List<Attempt> attempts,
        boolean targetAnswered) {

    /** What nginx writes where a number is missing. */
    private static final String NOTHING = "-";

    private static final List<String> FAILED = List.of("502", "504");

    AccessLogEntry {
        attempts = List.copyOf(attempts);
    }

    /**
     * One target that was tried.
     *
     * @param endpoint its address and port
     * @param connectionFailed whether no connection to it was made, for another reason than that the client left
     * @param headerSeconds until it had sent its response headers; empty if it did not
     */
    record Attempt(String endpoint, boolean connectionFailed, OptionalDouble headerSeconds) {}

    /** The target tried last. */
    Optional<Attempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    /** Reads a line of the access log; empty if the line is something else that nginx printed. */
    static Optional<AccessLogEntry> parse(ObjectMapper json, String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = json.readTree(line);
            String[] headers = listed(node, "headerSeconds");
            return Optional.of(new AccessLogEntry(
                    instantOf(node.path("at").asText()),
                    node.path("status").asInt(),
                    node.path("node").asText(),
                    node.path("connectionRequest").asLong() == 1,
                    node.path("received").asLong() + node.path("sent").asLong(),
                    attempts(node, headers),
                    !item(headers, headers.length - 1).equals(NOTHING)));
        } catch (JsonProcessingException | NumberFormatException torn) {
            return Optional.empty();
        }
    }

    private static List<Attempt> attempts(JsonNode node, String[] headers) {
        String[] endpoints = listed(node, "upstream");
        String[] statuses = listed(node, "upstreamStatus");
        String[] connects = listed(node, "connectSeconds");
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < endpoints.length; i++) {
            // Without a colon it is the name of the whole group: nginx found no target that it would try.
            if (endpoints[i].contains(":")) {
                boolean failed = item(connects, i).equals(NOTHING) && FAILED.contains(item(statuses, i));
                attempts.add(new Attempt(endpoints[i], failed, number(item(headers, i))));
            }
        }
        return attempts;
    }

    /** nginx lists several attempts as "a, b", with " : " in place of the comma after an internal redirect. */
    private static String[] listed(JsonNode node, String field) {
        String text = node.path(field).asText();
        return text.isBlank() ? new String[0] : text.split("\\s*[,:]\\s+");
    }

    private static String item(String[] items, int index) {
        return index >= 0 && index < items.length ? items[index] : NOTHING;
    }

    private static OptionalDouble number(String text) {
        return text.equals(NOTHING) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    private static Instant instantOf(String secondsWithMillis) {
        return Instant.ofEpochMilli(Math.round(Double.parseDouble(secondsWithMillis) * 1000));
    }
}
