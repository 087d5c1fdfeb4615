package io.failoverlab.app;

import java.util.regex.Pattern;

/** Chosen by the client for one order; the same key never makes two. */
record IdempotencyKey(String text) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    IdempotencyKey {
        if (text == null || !SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "header Idempotency-Key: expected 1 to 64 characters of [A-Za-z0-9_-], found "
                            + (text == null ? "none" : "'" + text + "'"));
        }
    }
}
