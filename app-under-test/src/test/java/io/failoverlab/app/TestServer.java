package io.failoverlab.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The shop's own HTTP server on a free port of loopback, over a fake store. */
final class TestServer implements AutoCloseable {
    private final Drain drain = new Drain();
    private final Metrics metrics = new Metrics();
    private final HttpServer server;

    TestServer(FakeStore store, Duration drainTime) {
        DatabaseSettings none = new DatabaseSettings(
                "jdbc:mysql://127.0.0.1/none",
                "none",
                new Secret("none"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(1));
        Settings settings = new Settings(
                "127.0.0.1", 0, "i-0123456789abcdef0", "ap-northeast-1a", none, Optional.empty(), 5, drainTime);
        Pages pages = new Pages(settings.instanceId(), settings.availabilityZone());
        Routes routes = new Routes(store, store, Readiness.of(drain, store::ping), pages, metrics);
        try {
            server = HttpServer.start(settings, drain, routes, metrics);
        } catch (StartException e) {
            throw new IllegalStateException(e);
        }
    }

    Client client() {
        return new Client(server.port());
    }

    Drain drain() {
        return drain;
    }

    void close(Duration patience) {
        server.close(patience);
    }

    /** Sends bytes as they are and reads until the server closes. */
    String raw(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
