package io.failoverlab.environment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Clients that order without a pause, each order once, and keep the keys of those that were acknowledged. */
final class OrderStream implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicLong unacknowledged = new AtomicLong();
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();
    private final List<Thread> clients;
    private volatile boolean ended;

    OrderStream(URI service, int clients) {
        this.clients = IntStream.range(0, clients)
                .mapToObj(number -> Thread.ofPlatform().name("orders " + number).start(() -> send(service, number)))
                .toList();
    }

    private void send(URI service, int client) {
        for (int number = 0; !ended; number++) {
            String key = "stream-" + client + "-" + number + "-" + System.identityHashCode(this);
            HttpRequest order = HttpRequest.newBuilder(service.resolve("/api/orders"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"customer\":\"c-9\",\"itemId\":5,\"quantity\":1}"))
                    .build();
            try {
                if (http.send(order, HttpResponse.BodyHandlers.ofString()).statusCode() < 300) {
                    acknowledge(key);
                } else {
                    unacknowledged.incrementAndGet();
                }
            } catch (IOException notKnown) {
                // neither acknowledged nor refused
                unacknowledged.incrementAndGet();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private synchronized void acknowledge(String key) {
        acknowledged.add(key);
        long now = System.nanoTime();
        long gap = now - last.getAndSet(now);
        longestGap.accumulateAndGet(gap, Math::max);
    }

    Set<String> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    /** How many came to an end without an acknowledgement. */
    long unacknowledged() {
        return unacknowledged.get();
    }

    /** The longest time in which none was acknowledged. */
    Duration longestGap() {
        return Duration.ofNanos(longestGap.get());
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns once no order is under way. */
    void stop() {
        ended = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
