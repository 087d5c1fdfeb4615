package io.failoverlab.top;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A monitor that streams what a test hands it, to one client at a time. */
public final class FakeMonitor implements AutoCloseable {
    private static final String END = "end";

    private final HttpServer server;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    public FakeMonitor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/live", this::stream);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next so many clients are refused. */
    public void refuse(int times) {
        refusals.set(times);
    }

    /** A message as JSON, with the id of an event. */
    public void tell(String id, String json) {
        messages.add("event: x\nid: " + id + "\ndata: " + json + "\n\n");
    }

    /** Bytes as they are. */
    void write(String text) {
        messages.add(text);
    }

    /** Ends the stream of the client that is there. */
    void end() {
        messages.add(END);
    }

    /** Each request's Authorization and Last-Event-ID. */
    List<String> requests() {
        return requests;
    }

    private void stream(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
        if (refusals.getAndDecrement() > 0) {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String message = messages.take(); !message.equals(END); message = messages.take()) {
                out.write(message.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
