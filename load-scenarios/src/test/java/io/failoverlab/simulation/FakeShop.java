package io.failoverlab.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop on loopback that keeps its own count of what it was asked, to compare the generator's count with. */
final class FakeShop implements AutoCloseable {
    private static final Pattern ORDER =
            Pattern.compile("\\{\"customer\":\"c-\\d+\",\"itemId\":\\d+,\"quantity\":[1-5]}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongUnaryOperator statusOfRequest;
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final Map<String, Long> byName = new ConcurrentHashMap<>();
    private final Map<Integer, Long> byStatus = new ConcurrentHashMap<>();
    private final Map<String, Long> orders = new ConcurrentHashMap<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    /** @param statusOfRequest number of the request, from 1 on, to the status it is answered with; 200 for a good answer */
    FakeShop(LongUnaryOperator statusOfRequest) throws IOException {
        // Without it every answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.statusOfRequest = statusOfRequest;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/items", exchange -> read(exchange));
        server.createContext("/api/items", this::reprice);
        server.createContext("/api/orders", this::order);
        server.createContext("/healthz", exchange -> answer(exchange, 200, "ok"));
        server.start();
    }

    static FakeShop healthy() throws IOException {
        return new FakeShop(request -> 200);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void read(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String path = exchange.getRequestURI().getPath();
        count(
                query == null
                        ? path.matches("/items/\\d+") ? "item" : path
                        : query.startsWith("q=") ? "search" : "catalogue");
        connections.add(exchange.getRemoteAddress());
        String version = "<span id=\"version\">" + versions.getOrDefault(path, 1L) + "</span>";
        answer(exchange, countedStatus(), "<html>" + (path.equals("/items") ? "" : version) + "</html>");
    }

    private void reprice(HttpExchange exchange) throws IOException {
        count("reprice");
        connections.add(exchange.getRemoteAddress());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean understood = exchange.getRequestMethod().equals("PUT") && body.matches("\\{\"priceCents\":\\d+}");
        String page = exchange.getRequestURI().getPath().replace("/api", "");
        long version = versions.merge(page, 2L, (one, more) -> one + 1);
        answer(exchange, understood ? countedStatus() : 400, "{\"version\":" + version + "}");
    }

    /** Versions of the items that were changed. */
    Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    private void order(HttpExchange exchange) throws IOException {
        count("order");
        connections.add(exchange.getRemoteAddress());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher order = ORDER.matcher(body);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        keys.add(key);
        if (!order.matches() || !key.matches("[A-Za-z0-9_-]{1,64}")) {
            answer(exchange, 400, "{\"error\":\"" + body + "\"}");
            return;
        }
        int status = countedStatus();
        if (status != 200) {
            answer(exchange, status, "{\"error\":\"as asked\"}");
            return;
        }
        long id = orders.computeIfAbsent(key, fresh -> (long) orders.size() + 1);
        answer(exchange, 201, "{\"id\":" + id + ",\"key\":\"" + key + "\",\"totalCents\":1}");
    }

    private int countedStatus() {
        return (int) statusOfRequest.applyAsLong(requests.incrementAndGet());
    }

    private void count(String name) {
        byName.merge(name, 1L, Long::sum);
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/healthz")) {
            byStatus.merge(status, 1L, Long::sum);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    long requests() {
        return requests.get();
    }

    SortedMap<String, Long> byName() {
        return new TreeMap<>(byName);
    }

    SortedMap<Integer, Long> byStatus() {
        return new TreeMap<>(byStatus);
    }

    /** Key to id of the orders that were placed. */
    SortedMap<String, Long> orders() {
        return new TreeMap<>(orders);
    }

    /** The keys that came, in their order, with repetitions. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
