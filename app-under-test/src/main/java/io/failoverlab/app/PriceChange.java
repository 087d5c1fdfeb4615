package io.failoverlab.app;

/** A new price of an item; refuses one that is none. */
record PriceChange(long priceCents) {
    static final String EXAMPLE = "{\"priceCents\":990}";
    private static final long MOST = 100_000_000;

    PriceChange {
        if (priceCents < 1 || priceCents > MOST) {
            throw new IllegalArgumentException("priceCents: expected 1 to " + MOST + ", found " + priceCents);
        }
    }
}
