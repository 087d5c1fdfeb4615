package io.failoverlab.alarm;

import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MathException;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Queries;
import io.failoverlab.math.Query;
import io.failoverlab.metric.MetricId;
import java.util.List;
import java.util.Set;

/** What metric math makes of up to ten metrics: the Metrics of PutMetricAlarm, of which one returns data. */
public final class MathSource implements AlarmSource {
    private final Queries queries;

    /** @throws MathException if an alarm cannot watch these */
    public MathSource(List<Query> queries) {
        this.queries = Queries.ofAlarm(queries);
    }

    /** In the order in which they were given. */
    public List<Query> list() {
        return queries.list();
    }

    Queries queries() {
        return queries;
    }

    @Override
    public int period() {
        return queries.period();
    }

    @Override
    public Set<MetricId> metrics() {
        return queries.metrics();
    }

    @Override
    public String inWords() {
        Query returned = list().stream().filter(Query::returnData).findFirst().orElseThrow();
        return switch (returned) {
            case MetricStatQuery metric ->
                metric.statistic() + " " + metric.metric().name();
            case ExpressionQuery expression -> expression.label().orElse(expression.expression());
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MathSource that && list().equals(that.list());
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    @Override
    public String toString() {
        return "MathSource" + list();
    }
}
