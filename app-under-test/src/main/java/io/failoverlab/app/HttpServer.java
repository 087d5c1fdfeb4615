package io.failoverlab.app;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin and the Jetty under it: HTTP/1.1, a virtual thread for each request, and a stop that drains. */
final class HttpServer implements AutoCloseable {
    /**
     * A balancer keeps idle connections for 60 s (ELB's default). The target must keep them longer, or it closes one
     * just as a request comes in, which the client sees as a 502.
     */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int LARGEST_BODY = 16 * 1024;

    private final Settings settings;
    private final Drain drain;
    private final Javalin javalin;

    private HttpServer(Settings settings, Drain drain, Routes routes, Metrics metrics) {
        this.settings = settings;
        this.drain = drain;
        this.javalin = Javalin.create(config -> configure(config, routes, metrics));
    }

    /** @throws StartException if the port is in use */
    static HttpServer start(Settings settings, Drain drain, Routes routes, Metrics metrics) throws StartException {
        HttpServer server = new HttpServer(settings, drain, routes, metrics);
        try {
            server.javalin.start();
            return server;
        } catch (JavalinBindException e) {
            throw new StartException("expected to listen on " + settings.bind() + ":" + settings.port() + ", found: "
                    + e.getMessage() + " Set SHOP_PORT to another port.");
        }
    }

    private void configure(JavalinConfig config, Routes routes, Metrics metrics) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_BODY;
        // The balancer in front compresses, if anybody does.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jsonMapper(Json.mapper());
        config.jetty.modifyServer(server -> server.setErrorHandler(this::answerError));
        config.jetty.modifyHttpConfiguration(http -> http.addCustomizer(this::markAnswer));
        config.jetty.addConnector(this::connector);
        config.requestLogger.http(metrics::served);
        new FaultSwitch(FaultSwitch.FILE, PauseScheduler.system()).register(config.routes);
        routes.register(config.routes);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        return connector;
    }

    /** Before any handler and whatever the answer will be. */
    private Request markAnswer(Request request, HttpFields.Mutable headers) {
        putOrigin(headers);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        if (drain.begun()) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
        return request;
    }

    private void putOrigin(HttpFields.Mutable headers) {
        headers.put("X-Instance-Id", settings.instanceId());
        headers.put("X-Availability-Zone", settings.availabilityZone());
    }

    /** For requests that Jetty refuses before they reach {@link #markAnswer} or a route. */
    private boolean answerError(Request request, Response response, Callback callback) {
        putOrigin(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String error = "{\"error\":\"" + HttpStatus.getMessage(response.getStatus()) + "\"}";
        Content.Sink.write(response, true, error, callback);
        return true;
    }

    int port() {
        return javalin.port();
    }

    /** Takes no new connections and waits for the requests in flight, which it gives up after {@code patience}. */
    void close(Duration patience) {
        Server server = javalin.jettyServer().server();
        server.setStopTimeout(patience.toMillis());
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests still in flight after {} ms were given up", patience.toMillis());
        } catch (Exception e) {
            LOG.error("expected the HTTP server to stop, found:", e);
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
