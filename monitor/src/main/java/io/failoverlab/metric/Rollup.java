package io.failoverlab.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds up many aggregates into one, in little time and memory. */
public final class Rollup {
    private final boolean distributions;
    /**
     * The values so far: entry i is null or has those of 2^i parts, like the digits of a binary number. So a value is moved only
     * as often as there are digits, and no more than that many distributions are kept.
     */
    private final List<Distribution> digits = new ArrayList<>();

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
            part.distribution().ifPresentOrElse(this::carry, () -> hidden = true);
        }
    }

    private void carry(Distribution part) {
        Distribution carried = part;
        for (int i = 0; i < digits.size(); i++) {
            if (digits.get(i) == null) {
                digits.set(i, carried);
                return;
            }
            carried = digits.get(i).plus(carried);
            digits.set(i, null);
        }
        digits.add(carried);
    }

    /** At least one part must have been added. */
    public Aggregate toAggregate() {
        if (sampleCount == 0) {
            throw new IllegalStateException("nothing was added up");
        }
        Optional<Distribution> values = distributions && !hidden
                ? digits.stream().filter(digit -> digit != null).reduce(Distribution::plus)
                : Optional.empty();
        return Aggregate.restore(sampleCount, sum, minimum, maximum, values);
    }
}
