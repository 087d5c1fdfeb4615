package io.failoverlab.math;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One time series that a query gave; a query that gives an array has several results.
 *
 * @param source the query that read the metric of this series, if it is that of one metric
 * @param defaultLabel what the series is called if the query gives no label
 * @param timestamps starts of the periods that have a value, ascending
 * @param values one for each timestamp
 * @param messages what the reader should know of this result
 */
public record QueryResult(
        Query query,
        Optional<MetricStatQuery> source,
        String defaultLabel,
        List<Instant> timestamps,
        List<Double> values,
        List<Message> messages) {
    private static final String DYNAMIC = "${";

    /** @param code for example {@code MultipleUnits} */
    public record Message(String code, String value) {}

    public QueryResult {
        if (timestamps.size() != values.size()) {
            throw new IllegalArgumentException(
                    "as many timestamps as values, found " + timestamps.size() + " and " + values.size());
        }
        timestamps = List.copyOf(timestamps);
        values = List.copyOf(values);
        messages = List.copyOf(messages);
    }

    /**
     * The label of the query, or the default. Where an expression gives an array, its label stands before the labels of the series,
     * unless it holds a dynamic part like {@code ${LABEL}} (CloudWatch User Guide, "Use metric math" and "Use dynamic labels").
     */
    public String label() {
        Optional<String> given = query.label();
        boolean ofArray = query instanceof ExpressionQuery && source.isPresent();
        if (given.isEmpty() || (ofArray && given.get().isEmpty())) {
            return defaultLabel;
        }
        return ofArray && !given.get().contains(DYNAMIC) ? given.get() + " " + defaultLabel : given.get();
    }
}
