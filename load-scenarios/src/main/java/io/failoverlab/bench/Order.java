package io.failoverlab.bench;

/**
 * An order of a trial.
 *
 * @param key its {@code Idempotency-Key}
 * @param content its body; no two orders of a trial have the same
 */
record Order(String key, String content) {}
