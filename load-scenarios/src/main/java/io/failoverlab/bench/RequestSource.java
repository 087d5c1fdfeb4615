package io.failoverlab.bench;

import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.core5.http.ContentType;

/** Makes the requests of a trial: pages, and orders that carry an {@code Idempotency-Key} as the shop's do. */
final class RequestSource {
    private static final long SEED = 41;

    /** A request, and the order that it is, if it is one. */
    record Request(SimpleHttpRequest http, Optional<Order> order) {}

    /**
     * Orders to send.
     *
     * @param share of the requests, 0 to 1
     * @param trial that no other trial has, so that its orders are told from theirs
     * @param ledger address of the ledger that a target without a database is to write to
     * @param forgetful whether an order is written as often as a target gets it, as by an application that does not look at
     *     the key
     */
    record Orders(double share, String trial, Optional<String> ledger, boolean forgetful) {}

    private final URI base;
    private final Optional<Orders> orders;
    private final Random random = new Random(SEED);
    private long number;

    private RequestSource(URI base, Optional<Orders> orders) {
        this.base = base;
        this.orders = orders;
    }

    static RequestSource pages(URI base) {
        return new RequestSource(base, Optional.empty());
    }

    static RequestSource with(URI base, Orders orders) {
        return new RequestSource(base, Optional.of(orders));
    }

    synchronized Request next() {
        number++;
        return orders.filter(them -> random.nextDouble() < them.share())
                .map(this::order)
                .orElseGet(this::page);
    }

    /** What the names of a trial's customers begin with; each of them orders once. */
    static String customers(String trial) {
        return "bench-" + trial + "-";
    }

    /** An order's body. */
    static String content(String customer, String item, String quantity) {
        return "{\"customer\":\"" + customer + "\",\"itemId\":" + item + ",\"quantity\":" + quantity + "}";
    }

    private Request page() {
        return new Request(
                SimpleRequestBuilder.get(base.resolve("/api/items/" + (number % 50 + 1)))
                        .build(),
                Optional.empty());
    }

    private Request order(Orders them) {
        String key = customers(them.trial()) + number;
        Order order = new Order(key, content(key, "5", "1"));
        SimpleRequestBuilder request = SimpleRequestBuilder.post(base.resolve("/api/orders"))
                .setHeader("Idempotency-Key", order.key())
                .setBody(order.content(), ContentType.APPLICATION_JSON);
        them.ledger().ifPresent(address -> request.setHeader("Lab-Ledger", address));
        if (them.forgetful()) {
            request.setHeader("Lab-Forgetful", "yes");
        }
        return new Request(request.build(), Optional.of(order));
    }
}
