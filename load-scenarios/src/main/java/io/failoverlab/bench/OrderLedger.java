package io.failoverlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The ledger behind the targets, where each of them writes the orders that it gets: what a shop's database is to it. */
final class OrderLedger implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI orders;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    /** @param address of the ledger, which serves at port 8080 */
    OrderLedger(String address) {
        this.orders = URI.create("http://" + address + ":8080/orders");
    }

    /** Where a target finds it. */
    String address() {
        return orders.getHost();
    }

    /** Forgets every order. */
    void clear() {
        ask("DELETE");
    }

    /** Every row, in the order of writing. */
    List<Order> read() {
        return ask("GET").lines().map(OrderLedger::row).toList();
    }

    private static Order row(String line) {
        int end = line.indexOf('\t');
        return end < 0 ? new Order("", line) : new Order(line.substring(0, end), line.substring(end + 1));
    }

    private String ask(String method) {
        HttpRequest request = HttpRequest.newBuilder(orders)
                .timeout(LIMIT)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "expected 200 from the ledger to " + method + ", found " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException("the ledger did not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the ledger was asked", interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
