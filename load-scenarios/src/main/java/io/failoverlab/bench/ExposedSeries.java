package io.failoverlab.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.failoverlab.watch.ScrapeTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Targets to scrape on 127.0.0.1. Each exposes the same number of series, half of them counters, three in ten gauges, the rest buckets,
 * sums and counts of histograms, about as a web application does; all of them change with every second.
 */
final class ExposedSeries implements AutoCloseable {
    private static final int SERIES_OF_A_HISTOGRAM = 20;
    private static final int BUCKETS = SERIES_OF_A_HISTOGRAM - 3;

    private final List<HttpServer> servers = new ArrayList<>();

    /** @param series of each target, 20 at the least */
    static ExposedSeries start(int targets, int series, InstantSource clock) throws IOException {
        ExposedSeries exposed = new ExposedSeries();
        for (int target = 0; target < targets; target++) {
            exposed.add(target, series, clock);
        }
        return exposed;
    }

    private void add(int target, int series, InstantSource clock) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, page(series, clock.instant().getEpochSecond() + target)));
        server.start();
        servers.add(server);
    }

    List<ScrapeTarget> targets() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.getAddress().getPort())
                .map(endpoint -> new ScrapeTarget(endpoint, Map.of("InstanceId", endpoint)))
                .toList();
    }

    private static void answer(HttpExchange exchange, String page) throws IOException {
        try (exchange) {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Prometheus's text format. */
    static String page(int series, long second) {
        int histograms = Math.max(1, series / 5 / SERIES_OF_A_HISTOGRAM);
        int counters = Math.min(series / 2, series - histograms * SERIES_OF_A_HISTOGRAM);
        int gauges = series - counters - histograms * SERIES_OF_A_HISTOGRAM;
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < gauges; i++) {
            family(page, i, "app_pool_" + i / 10 + "_connections", "gauge");
            line(page, "app_pool_" + i / 10 + "_connections{pool=\"pool-" + i % 10 + "\",state=\"active\"} ")
                    .append((second * (i + 1) % 9_973) / 8.0)
                    .append('\n');
        }
        for (int i = 0; i < counters; i++) {
            family(page, i, "app_requests_" + i / 10 + "_total", "counter");
            line(
                            page,
                            "app_requests_" + i / 10 + "_total{method=\"GET\",path=\"/api/items/" + i % 10
                                    + "\",code=\"200\"} ")
                    .append(second * (i + 1))
                    .append('\n');
        }
        for (int i = 0; i < histograms; i++) {
            histogram(page, "app_latency_" + i + "_seconds", second);
        }
        return page.toString();
    }

    private static void family(StringBuilder page, int series, String name, String type) {
        if (series % 10 == 0) {
            line(page, "# TYPE " + name + " " + type + "\n");
        }
    }

    private static StringBuilder line(StringBuilder page, String text) {
        return page.append(text);
    }

    private static void histogram(StringBuilder page, String name, long second) {
        page.append("# TYPE ").append(name).append(" histogram\n");
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            page.append(name)
                    .append("_bucket{le=\"")
                    .append(Math.scalb(0.001, bucket))
                    .append("\"} ")
                    .append(second * (bucket + 1))
                    .append('\n');
        }
        page.append(name)
                .append("_bucket{le=\"+Inf\"} ")
                .append(second * (BUCKETS + 1))
                .append('\n');
        page.append(name).append("_sum ").append(second * 0.125).append('\n');
        page.append(name).append("_count ").append(second * (BUCKETS + 1)).append('\n');
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
