package io.failoverlab.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of one shop on loopback. */
final class Client implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> method(String method, String path) throws IOException, InterruptedException {
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /** Places an order, without a key if that is null. */
    HttpResponse<String> order(String key, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/orders").POST(HttpRequest.BodyPublishers.ofString(body));
        return send((key == null ? request : request.header("Idempotency-Key", key)).build());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
