package io.failoverlab.math;

import java.util.List;
import java.util.Optional;

/** What {@link OfArray} calls. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static Value count(List<Series> array, Grid grid) {
        return new Value.Scalar(array.size());
    }

    static Value first(List<Series> array, Grid grid) {
        return new Value.One(array.isEmpty() ? nothing(grid) : array.getFirst());
    }

    static Value last(List<Series> array, Grid grid) {
        return new Value.One(array.isEmpty() ? nothing(grid) : array.getLast());
    }

    private static Series nothing(Grid grid) {
        return new Series.Builder(grid, Optional.empty(), 0).build();
    }

    static Value withoutEmpty(List<Series> array, Grid grid) {
        return new Value.Many(array.stream().filter(series -> series.size() > 0).toList());
    }
}
