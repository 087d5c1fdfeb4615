package io.failoverlab.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Receives the monitor's notifications on 127.0.0.1. A notification delivered twice is handed on once. */
public final class AlarmWebhook implements AutoCloseable {
    /** SNS writes the zone without a colon. */
    private static final DateTimeFormatter SNS_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendOffset("+HHMM", "Z")
            .toFormatter();

    private final HttpServer server;
    private final InstantSource clock;
    private final Consumer<AlarmChange> listener;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public AlarmWebhook(InstantSource clock, Consumer<AlarmChange> listener) throws IOException {
        this.clock = clock;
        this.listener = listener;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/alarms", this::receive);
        server.start();
    }

    /** Where the monitor should send to. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alarms");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant receivedAt = clock.instant();
            JsonNode message = json.readTree(exchange.getRequestBody());
            exchange.sendResponseHeaders(204, -1);
            String change = message.path("AlarmName").asText()
                    + message.path("StateChangeTime").asText()
                    + message.path("NewStateValue").asText();
            if (seen.add(change)) {
                listener.accept(new AlarmChange(
                        receivedAt,
                        time(message.path("StateChangeTime").asText(), receivedAt),
                        message.path("AlarmName").asText(),
                        message.path("OldStateValue").asText(),
                        message.path("NewStateValue").asText(),
                        message.path("NewStateReason").asText()));
            }
        }
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return text.endsWith("Z") ? Instant.parse(text) : Instant.from(SNS_TIME.parse(text));
        } catch (java.time.DateTimeException notSns) {
            return otherwise;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
