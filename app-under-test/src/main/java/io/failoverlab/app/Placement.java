package io.failoverlab.app;

import java.util.Arrays;
import java.util.Optional;

/** What became of a request to place an order. */
sealed interface Placement {
    record Created(Order order) implements Placement {}

    /** The key was used before, for the same request. */
    record Replayed(Order order) implements Placement {}

    /** The key was used before, for another request. */
    record KeyReused(String key) implements Placement {}

    record NoSuchItem(long itemId) implements Placement {}

    /** What the insert said. */
    enum Insert {
        DONE,
        KEY_TAKEN,
        NO_ITEM
    }

    /** The row under a key. */
    record Stored(Order order, byte[] requestHash) {}

    /**
     * Decides from what the database said: the insert came first and its unique key has the last word, also between
     * replicas.
     *
     * @param stored the row under the key, read after the insert in the same transaction
     * @throws IllegalStateException if the key was taken and yet no row has it
     */
    static Placement decide(Insert insert, Optional<Stored> stored, OrderRequest request) {
        return switch (insert) {
            case DONE -> new Created(present(stored).order());
            case KEY_TAKEN -> compare(present(stored), request);
            // The key may belong to an earlier order of another item: that is the older and graver mistake.
            case NO_ITEM -> stored.map(row -> compare(row, request)).orElseGet(() -> new NoSuchItem(request.itemId()));
        };
    }

    private static Placement compare(Stored stored, OrderRequest request) {
        return Arrays.equals(stored.requestHash(), request.hash())
                ? new Replayed(stored.order())
                : new KeyReused(stored.order().key());
    }

    private static Stored present(Optional<Stored> stored) {
        return stored.orElseThrow(() -> new IllegalStateException("expected a row under the key, found none"));
    }
}
