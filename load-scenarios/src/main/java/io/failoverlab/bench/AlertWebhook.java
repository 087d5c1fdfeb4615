package io.failoverlab.bench;

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
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Receives Alertmanager's notifications on 127.0.0.1. */
final class AlertWebhook implements AutoCloseable {
    /**
     * An alert as a notification told of it; each notification tells of all of its group.
     *
     * @param receivedAt when the notification came in here
     * @param instance Prometheus's label of what was scraped
     */
    record Alert(Instant receivedAt, String instance, boolean firing) {}

    private final HttpServer server;
    private final InstantSource clock;
    private final Consumer<Alert> listener;
    private final ObjectMapper json = new ObjectMapper();

    AlertWebhook(InstantSource clock, Consumer<Alert> listener) throws IOException {
        this.clock = clock;
        this.listener = listener;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/alerts", this::receive);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant receivedAt = clock.instant();
            JsonNode message = json.readTree(exchange.getRequestBody());
            exchange.sendResponseHeaders(204, -1);
            for (JsonNode alert : message.path("alerts")) {
                listener.accept(new Alert(
                        receivedAt,
                        alert.path("labels").path("instance").asText(),
                        alert.path("status").asText().equals("firing")));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
