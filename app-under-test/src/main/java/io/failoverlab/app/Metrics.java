package io.failoverlab.app;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The figures at {@code /metrics}: requests by route template, method and status, the pool, and the JVM. Times are in
 * seconds. Names and labels of the requests are those of Spring Boot ({@code http_server_requests}), which dashboards
 * know.
 */
final class Metrics implements AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5)
    };

    /** Deprecated by Micrometer in favour of the new Prometheus client, and chosen here for the old one. */
    @SuppressWarnings("deprecation")
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final ConcurrentMap<RequestKind, Timer> timers = new ConcurrentHashMap<>();

    private record RequestKind(String route, String method, int status) {}

    MeterRegistry registry() {
        return registry;
    }

    /** Costs some 50 ms of class loading: called once the shop serves. */
    void watchJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    void served(Context ctx, float millis) {
        Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
        // Paths and methods as sent would let any client make as many series as it likes.
        RequestKind kind = endpoint == null
                ? new RequestKind("UNKNOWN", "UNKNOWN", ctx.statusCode())
                : new RequestKind(endpoint.path, endpoint.method.name(), ctx.statusCode());
        timers.computeIfAbsent(kind, this::timer).record(Duration.ofNanos((long) (millis * 1_000_000)));
    }

    private Timer timer(RequestKind kind) {
        return Timer.builder("http.server.requests")
                .description("Requests answered")
                .tag("uri", kind.route())
                .tag("method", kind.method())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** The content type that answers an {@code Accept} header: OpenMetrics 1.0.0 if asked for, else text 0.0.4. */
    static String format(String accept) {
        return TextFormat.chooseContentType(accept);
    }

    String scrape(String format) {
        return registry.scrape(format);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
