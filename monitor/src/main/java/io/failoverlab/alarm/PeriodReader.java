package io.failoverlab.alarm;

import io.failoverlab.math.Grid;
import io.failoverlab.math.QueryResult;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** Reads the periods that an alarm is judged by. */
final class PeriodReader {
    private final Timing timing;
    private final MetricReader metrics;

    PeriodReader(Timing timing, MetricReader metrics) {
        this.timing = timing;
        this.metrics = metrics;
    }

    /** The periods up to the last multiple of the step, and for the extension also what is known of the one that is not over yet. */
    List<Period> read(MetricCondition condition, Instant now) {
        int period = condition.period();
        int step = timing.step(period);
        int finished = condition.evaluationRange();
        int count = finished + (timing.evaluatesOnArrival(period) ? 1 : 0);
        long end = Math.floorDiv(now.getEpochSecond(), step) * step;
        Instant start = Instant.ofEpochSecond(end - (long) finished * period);
        return switch (condition.source()) {
            case MetricSource source ->
                MetricPeriods.of(condition, source.statistic(), windows(source, start, count), now);
            // A result of several metrics can change both ways, so only finished periods count.
            case MathSource source -> computed(source, new Grid(start, period, finished));
        };
    }

    private List<Window> windows(MetricSource source, Instant start, int count) {
        SortedMap<Instant, Aggregate> data = metrics.read(new MetricQuery(
                source.metric(),
                source.unit(),
                start,
                source.period(),
                count,
                source.statistic().needsDistribution()));
        List<Window> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant at = start.plusSeconds((long) i * source.period());
            windows.add(new Window(at, Optional.ofNullable(data.get(at))));
        }
        return windows;
    }

    private List<Period> computed(MathSource source, Grid grid) {
        Map<Instant, Double> values = new HashMap<>();
        for (QueryResult result : source.queries().evaluate(metrics, period -> grid)) {
            for (int i = 0; i < result.timestamps().size(); i++) {
                values.put(result.timestamps().get(i), result.values().get(i));
            }
        }
        List<Period> periods = new ArrayList<>(grid.count());
        for (int i = 0; i < grid.count(); i++) {
            Instant at = grid.start().plusSeconds((long) i * grid.period());
            Double value = values.get(at);
            periods.add(
                    value == null
                            ? Period.missing(at)
                            : new Period(at, OptionalDouble.of(value), OptionalDouble.empty()));
        }
        return periods;
    }
}
