package io.failoverlab.environment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Clients that send one request after the other until they are closed, a fifth of them orders; none is sent twice. */
final class SteadyLoad implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final List<Thread> clients;
    private volatile boolean ended;

    SteadyLoad(URI service, int clients) {
        this.clients = IntStream.range(0, clients)
                .mapToObj(number -> Thread.ofPlatform().name("client " + number).start(() -> send(service, number)))
                .toList();
    }

    private void send(URI service, int client) {
        for (int number = 0; !ended; number++) {
            HttpRequest request = number % 5 == 0
                    ? HttpRequest.newBuilder(service.resolve("/api/orders"))
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "steady-" + client + "-" + number + "-" + hashCode())
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"customer\":\"c-9\",\"itemId\":5,\"quantity\":1}"))
                            .build()
                    : HttpRequest.newBuilder(service.resolve("/api/items/" + (1 + number % 20)))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 400) {
                    failures.add(request + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (IOException failure) {
                failures.add(request + ": " + failure);
            } catch (InterruptedException stopped) {
                return;
            }
            sent.incrementAndGet();
        }
    }

    long sent() {
        return sent.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        ended = true;
        for (Thread client : clients) {
            try {
                client.join(Duration.ofSeconds(15));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        http.close();
    }
}
