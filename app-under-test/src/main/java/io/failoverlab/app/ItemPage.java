package io.failoverlab.app;

import java.util.List;

/** A page of the catalogue; {@code total} counts all items that match. */
record ItemPage(List<Item> items, int page, int size, long total) {
    ItemPage {
        items = List.copyOf(items);
    }

    long lastPage() {
        return Math.max(1, (total + size - 1) / size);
    }
}
