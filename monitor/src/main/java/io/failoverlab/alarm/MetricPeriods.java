package io.failoverlab.alarm;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Statistic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the data of a metric say about each period.
 *
 * <p>CloudWatch evaluates finished periods only. With periods of a second the unfinished one counts, too, but only what later data
 * cannot take back is believed of it: a maximum, a sample count and a sum of values that are not negative can only grow, a minimum
 * can only fall. So a maximum that reached its threshold breaches at once, while one that did not says nothing before the second has
 * ended; averages and percentiles always wait.
 */
final class MetricPeriods {
    private final MetricCondition condition;
    private final Statistic statistic;

    private MetricPeriods(MetricCondition condition, Statistic statistic) {
        this.condition = condition;
        this.statistic = statistic;
    }

    /**
     * @param windows consecutive, oldest first; the newest may be unfinished at {@code now}
     * @return oldest first; an unfinished period that proves nothing is left out, as if it had not begun
     */
    static List<Period> of(MetricCondition condition, Statistic statistic, List<Window> windows, Instant now) {
        MetricPeriods reader = new MetricPeriods(condition, statistic);
        List<Period> periods = new ArrayList<>(windows.size());
        for (Window window : windows) {
            boolean finished = !window.start().plusSeconds(condition.period()).isAfter(now);
            if (finished || window.data().map(reader::isCertain).orElse(false)) {
                periods.add(reader.period(window));
            }
        }
        return periods;
    }

    private Period period(Window window) {
        if (window.data().isEmpty()) {
            return Period.missing(window.start());
        }
        Aggregate data = window.data().get();
        return new Period(window.start(), statistic.of(data), OptionalDouble.of(data.sampleCount()));
    }

    /** Whether more data in the same period can no longer change the comparison. */
    private boolean isCertain(Aggregate data) {
        if (!(statistic instanceof Statistic.Simple simple)) {
            return false;
        }
        boolean breachesAsItGrows = breaches(data) == condition.comparison().upwards();
        return switch (simple) {
            case AVERAGE -> false;
            case MAXIMUM, SAMPLE_COUNT -> breachesAsItGrows;
            // Metrics that are summed up are counts and bytes: while no value was negative none is expected.
            case SUM -> data.minimum() >= 0 && breachesAsItGrows;
            case MINIMUM -> !breachesAsItGrows;
        };
    }

    private boolean breaches(Aggregate data) {
        return condition.breaches(statistic.of(data).orElseThrow());
    }
}
