package io.failoverlab.math;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes one number of several: of all points of a series, or of the points that the series of an array have at the same time.
 * CloudWatch does not say whether its standard deviation is that of a population or a sample; this is the population's.
 */
enum Reduction implements Function {
    /** What is missing counts as 0, so the sum is divided by the number of periods, or of series. */
    AVG {
        @Override
        double of(double[] present, int possible) {
            return Arrays.stream(present).sum() / possible;
        }
    },
    DATAPOINT_COUNT {
        @Override
        double of(double[] present, int possible) {
            return present.length;
        }
    },
    MAX {
        @Override
        double of(double[] present, int possible) {
            return Arrays.stream(present).max().orElse(Double.NaN);
        }
    },
    MIN {
        @Override
        double of(double[] present, int possible) {
            return Arrays.stream(present).min().orElse(Double.NaN);
        }
    },
    STDDEV {
        @Override
        double of(double[] present, int possible) {
            double mean = Arrays.stream(present).average().orElse(Double.NaN);
            return Math.sqrt(Arrays.stream(present)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(Double.NaN));
        }
    },
    SUM {
        @Override
        double of(double[] present, int possible) {
            return Arrays.stream(present).sum();
        }
    };

    /**
     * @param possible how many values there would be if none were missing
     * @return NaN if there is no result
     */
    abstract double of(double[] present, int possible);

    double of(Series series) {
        return of(series.values(), series.grid().count());
    }

    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 1, 1);
        Type argument = types.expect(call.arguments().getFirst(), Type.SERIES, Type.ARRAY);
        return argument == Type.SERIES ? Type.NUMBER : Type.SERIES;
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        Expression argument = call.arguments().getFirst();
        return switch (evaluation.value(argument)) {
            case Value.Scalar ignored -> throw new IllegalStateException("typed as a series: " + argument);
            case Value.One one -> new Value.Scalar(of(one.series()));
            case Value.Many many -> new Value.One(across(many.series(), evaluation.grid()));
        };
    }

    private Series across(List<Series> array, Grid grid) {
        Grid finest = array.stream().map(Series::grid).reduce(grid, Grid::finer);
        Series.Builder reduced = new Series.Builder(finest, Optional.empty(), 0);
        int[] next = new int[array.size()];
        double[] present = new double[array.size()];
        for (long time = earliest(array, next); time != Long.MAX_VALUE; time = earliest(array, next)) {
            int found = 0;
            for (int i = 0; i < next.length; i++) {
                Series series = array.get(i);
                if (next[i] < series.size() && series.time(next[i]) == time) {
                    present[found++] = series.value(next[i]++);
                }
            }
            reduced.add(time, of(Arrays.copyOf(present, found), array.size()));
        }
        return reduced.build();
    }

    private static long earliest(List<Series> array, int[] next) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < array.get(i).size()) {
                earliest = Math.min(earliest, array.get(i).time(next[i]));
            }
        }
        return earliest;
    }
}
