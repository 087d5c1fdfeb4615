package io.failoverlab.app;

import java.util.Optional;

/** The orders of all customers. */
interface Orders {
    /**
     * Places an order once, however often and wherever it is asked for under the same key.
     *
     * @throws DatabaseUnavailableException if it is not known to be stored; the same key may be tried again
     */
    Placement place(IdempotencyKey key, OrderRequest request);

    Optional<Order> findOrder(long id);

    /** The orders of one customer, newest first. */
    OrderPage ofCustomer(String customer, PageRequest request);
}
