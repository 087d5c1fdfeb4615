package io.failoverlab.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code POST /events} takes an array of events, all or none; {@code GET /events?since=} gives them back, oldest first. */
public final class EventRoutes {
    private static final int MAX_BYTES = 1 << 20;

    private final EventLog log;
    private final Consumer<List<LabEvent>> listener;
    private final Permits permits;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param listener told of new events after they were saved
     * @param permits asked whether new ones are taken
     */
    public EventRoutes(EventLog log, Consumer<List<LabEvent>> listener, Permits permits) {
        this.log = log;
        this.listener = listener;
        this.permits = permits;
    }

    public void register(JavalinConfig config) {
        config.routes.post("/events", this::post);
        config.routes.get("/events", this::get);
    }

    private void post(Context http) throws IOException {
        if (permits.decide(http, "lab:PutEvents", "*") instanceof Decision.Denied(String reason)) {
            refuse(http, 403, reason);
            return;
        }
        String contentType = http.contentType();
        if (contentType == null || !contentType.startsWith("application/json")) {
            refuse(http, 415, "expected Content-Type application/json, found " + contentType);
            return;
        }
        byte[] body = http.bodyInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            refuse(http, 413, "expected at most " + MAX_BYTES + " bytes, found more");
            return;
        }
        List<LabEvent> events;
        try {
            events = read(body);
        } catch (JsonProcessingException e) {
            refuse(http, 400, "expected JSON: " + e.getOriginalMessage());
            return;
        } catch (IllegalArgumentException e) {
            refuse(http, 400, e.getMessage());
            return;
        }
        log.append(events);
        listener.accept(events);
        answer(http, 202, json.createObjectNode().put("accepted", events.size()));
    }

    private List<LabEvent> read(byte[] body) throws IOException {
        JsonNode array = json.readTree(body);
        if (!array.isArray()) {
            throw new IllegalArgumentException("expected a JSON array of events, found " + array.getNodeType());
        }
        List<LabEvent> events = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            try {
                events.add(EventJson.read(array.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("event " + i + ": " + e.getMessage(), e);
            }
        }
        return events;
    }

    private void get(Context http) {
        String text = http.queryParam("since");
        Instant since = Instant.EPOCH;
        try {
            since = text == null ? since : Instant.parse(text);
        } catch (DateTimeException e) {
            refuse(http, 400, "since must be an instant like 2026-01-02T03:04:05.678Z, found '" + text + "'");
            return;
        }
        ArrayNode array = json.createArrayNode();
        log.since(since).forEach(event -> array.add(EventJson.write(event)));
        answer(http, 200, array);
    }

    private void refuse(Context http, int status, String error) {
        answer(http, status, json.createObjectNode().put("error", error));
    }

    private static void answer(Context http, int status, JsonNode body) {
        http.status(status).contentType("application/json").result(body.toString());
    }
}
