package io.failoverlab.math;

import io.failoverlab.math.QueryResult.Message;
import io.failoverlab.metric.MetricReader;
import io.failoverlab.metric.Unit;
import java.util.List;
import java.util.Optional;

/** Makes results of values: labels them and says what is worth knowing. */
final class Results {
    private final MetricReader reader;
    private final boolean differentStatistics;
    private final boolean differentPeriods;

    Results(List<Query> queries, MetricReader reader) {
        List<MetricStatQuery> returned = queries.stream()
                .filter(Query::returnData)
                .filter(MetricStatQuery.class::isInstance)
                .map(MetricStatQuery.class::cast)
                .toList();
        this.reader = reader;
        this.differentStatistics =
                returned.stream().map(MetricStatQuery::statistic).distinct().count() > 1;
        this.differentPeriods =
                returned.stream().map(MetricStatQuery::period).distinct().count() > 1;
    }

    List<QueryResult> of(Query query, Value value) {
        return switch (value) {
            case Value.One one -> List.of(single(query, one.series()));
            case Value.Many many ->
                many.series().stream()
                        .map(series -> result(
                                query,
                                series.source(),
                                series.source().map(this::label).orElse(query.id()),
                                series,
                                List.of()))
                        .toList();
            case Value.Scalar scalar -> throw new IllegalStateException("typed as a series: " + scalar);
        };
    }

    private QueryResult single(Query query, Series series) {
        return switch (query) {
            case MetricStatQuery metric ->
                result(query, Optional.of(metric), defaultLabel(metric), series, messages(metric));
            case ExpressionQuery expression -> result(query, Optional.empty(), expression.id(), series, List.of());
        };
    }

    private static QueryResult result(
            Query query, Optional<MetricStatQuery> source, String label, Series series, List<Message> messages) {
        return new QueryResult(query, source, label, series.instants(), series.valueList(), messages);
    }

    /** What a series of an array is called after the metric it comes from. */
    private String label(MetricStatQuery metric) {
        return metric.label().orElseGet(() -> defaultLabel(metric));
    }

    /** The metric's name, with what else tells the queries apart. */
    private String defaultLabel(MetricStatQuery query) {
        return query.metric().name()
                + (differentStatistics ? " " + query.statistic() : "")
                + (differentPeriods ? " " + query.period() : "");
    }

    private List<Message> messages(MetricStatQuery query) {
        List<String> units = reader.units(query.metric()).stream()
                .map(Unit::wireName)
                .sorted()
                .toList();
        return query.unit().isEmpty() && units.size() > 1
                ? List.of(new Message("MultipleUnits", "Multiple units returned: '" + units + "'"))
                : List.of();
    }
}
