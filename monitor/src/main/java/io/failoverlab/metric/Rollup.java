package io.failoverlab.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up many aggregates into one; merges their values only once, at the end. */
public final class Rollup {
    private final boolean distributions;
    private final List<Distribution> parts = new ArrayList<>();
    private boolean hidden;
    private double sampleCount;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;

    /** @param distributions whether the result shall know its values, where all its parts do */
    public Rollup(boolean distributions) {
        this.distributions = distributions;
    }

    public void add(Aggregate part) {
        sampleCount += part.sampleCount();
        sum += part.sum();
        minimum = Math.min(minimum, part.minimum());
        maximum = Math.max(maximum, part.maximum());
        if (distributions && !hidden) {
            part.distribution().ifPresentOrElse(parts::add, () -> hidden = true);
        }
    }

    /** At least one part must have been added. */
    public Aggregate toAggregate() {
        if (sampleCount == 0) {
            throw new IllegalStateException("nothing was added up");
        }
        Optional<Distribution> values = distributions && !hidden ? Optional.of(merge(parts)) : Optional.empty();
        return Aggregate.restore(sampleCount, sum, minimum, maximum, values);
    }

    /** By halves, so that each value is moved only a few times. */
    private static Distribution merge(List<Distribution> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int half = parts.size() / 2;
        return merge(parts.subList(0, half)).plus(merge(parts.subList(half, parts.size())));
    }
}
