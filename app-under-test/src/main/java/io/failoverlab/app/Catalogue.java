package io.failoverlab.app;

import java.util.Optional;

/** What the shop sells. */
interface Catalogue {
    /** Items whose name contains {@code text}, all of them for an empty text, ordered by id. */
    ItemPage page(String text, PageRequest request);

    Optional<Item> findItem(long id);

    /** Changes the price and returns the item with its new version; empty if there is no such item. */
    Optional<Item> reprice(long id, PriceChange change);
}
