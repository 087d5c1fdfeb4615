package io.failoverlab.app;

/** One thing the shop sells. */
record Item(long id, String sku, String name, long priceCents) {
    Item {
        if (id < 1 || priceCents < 0) {
            throw new IllegalArgumentException(
                    "expected an id from 1 on and a price from 0 on, found id " + id + " and price " + priceCents);
        }
    }
}
