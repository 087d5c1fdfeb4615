package io.failoverlab.app;

import java.time.Instant;

/** An order as it is stored and answered. */
record Order(long id, String key, String customer, long itemId, int quantity, long totalCents, Instant createdAt) {}
