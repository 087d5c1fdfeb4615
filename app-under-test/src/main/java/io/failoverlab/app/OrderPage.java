package io.failoverlab.app;

import java.util.List;

/** A page of one customer's orders; {@code total} counts all of them. */
record OrderPage(List<Order> orders, int page, int size, long total) {
    OrderPage {
        orders = List.copyOf(orders);
    }
}
