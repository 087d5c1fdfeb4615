package io.failoverlab.history;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The refusals that the records of this package share; each names the field and prints what it refused. */
final class Require {
    private Require() {}

    static String text(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + ": expected a text, found " + quoted(value));
        }
        return value;
    }

    static <T> T present(String field, T value) {
        return Objects.requireNonNull(value, () -> field + ": expected a value, found none");
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + ": expected 0 or more, found " + value);
        }
        return value;
    }

    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + ": expected a finite number, found " + value);
        }
        return value;
    }

    static Duration notNegative(String field, Duration value) {
        if (present(field, value).isNegative()) {
            throw new IllegalArgumentException(field + ": expected 0 s or more, found " + value);
        }
        return value;
    }

    /** Keeps the order in which the entries were written, which {@link Map#copyOf} does not. */
    static <K, V> Map<K, V> ordered(String field, Map<K, V> value) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(present(field, value)));
    }

    private static String quoted(String value) {
        return value == null ? "nothing" : '"' + value + '"';
    }
}
