package io.failoverlab.bench;

/** What the requests of a trial are. */
public enum Mix {
    GET("GET", 0),
    /** A fifth of them orders, each with an {@code Idempotency-Key} of its own. */
    ORDERS("20 % POST", 0.2);

    private final String title;
    private final double orders;

    Mix(String title, double orders) {
        this.title = title;
        this.orders = orders;
    }

    String title() {
        return title;
    }

    /** Share of orders, 0 to 1. */
    double orders() {
        return orders;
    }
}
