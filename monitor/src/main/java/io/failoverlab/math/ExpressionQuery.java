package io.failoverlab.math;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes with the results of other queries.
 *
 * @param period length of the periods of what the expression makes without a metric, such as {@code TIME_SERIES(1)}, in seconds; if
 *     empty, the shortest period of the metrics it reads
 */
public record ExpressionQuery(
        String id, Optional<String> label, boolean returnData, String expression, OptionalInt period) implements Query {
    public ExpressionQuery {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(expression, "expression");
        if (period.isPresent() && period.getAsInt() < 1) {
            throw new IllegalArgumentException("period must be positive, found " + period.getAsInt());
        }
    }
}
