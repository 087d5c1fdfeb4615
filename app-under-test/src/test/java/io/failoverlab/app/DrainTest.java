package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DrainTest {
    private final FakeStore store = new FakeStore();
    private final TestServer server = new TestServer(store, Duration.ofSeconds(5));
    private final Client client = server.client();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void connectionsAreKeptUntilTheDrainBegins() throws Exception {
        assertThat(client.get("/").headers().firstValue("Connection")).isEmpty();

        server.drain().begin();

        assertThat(client.get("/").headers().firstValue("Connection")).hasValue("close");
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aDrainingShopIsAliveAndNotReady() throws Exception {
        server.drain().begin();

        HttpResponse<String> ready = client.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("{\"error\":\"shutting down\"}");
        assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(client.get("/api/items").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsInFlightEndWhileNewConnectionsAreRefused() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.beforePage(() -> {
            arrived.countDown();
            return release.await(20, TimeUnit.SECONDS);
        });
        CompletableFuture<HttpResponse<String>> inFlight = client.getLater("/api/items");
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

        server.drain().begin();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(20)));
        try (Client another = server.client()) {
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> another.get("/")).isInstanceOf(ConnectException.class));
        }
        assertThat(inFlight).isNotDone();
        release.countDown();

        assertThat(inFlight.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        stopped.get(20, TimeUnit.SECONDS);
    }

    @Test
    void anIdleConnectionHoldsUpNothing() throws Exception {
        client.get("/");

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(60)));

        stopped.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aRequestThatDoesNotEndIsGivenUp() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        store.beforePage(() -> {
            arrived.countDown();
            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
        });
        CompletableFuture<HttpResponse<String>> inFlight = client.getLater("/api/items");
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.close(Duration.ofMillis(200)));

        stopped.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> inFlight.get(20, TimeUnit.SECONDS)).isNotNull();
    }
}
