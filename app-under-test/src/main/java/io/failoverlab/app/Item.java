package io.failoverlab.app;

/**
 * One thing the shop sells.
 *
 * @param version from 1 on, one more with each change: who has seen a higher one reads a stale row
 */
record Item(long id, String sku, String name, long priceCents, long version) {
    Item {
        if (id < 1 || priceCents < 0 || version < 1) {
            throw new IllegalArgumentException("expected an id from 1 on, a price from 0 on and a version from 1 on,"
                    + " found id " + id + ", price " + priceCents + " and version " + version);
        }
    }
}
