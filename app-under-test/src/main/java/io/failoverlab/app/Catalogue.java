package io.failoverlab.app;

import java.util.Optional;

/** What the shop sells. */
interface Catalogue {
    /** Items whose name contains {@code text}, all of them for an empty text, ordered by id. */
    ItemPage page(String text, PageRequest request);

    Optional<Item> findItem(long id);
}
