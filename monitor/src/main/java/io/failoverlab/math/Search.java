package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code SEARCH('{AWS/EC2,InstanceId} MetricName="CPUUtilization"', 'Average', 60)}: one statistic of every metric that is found. The
 * period may be left out; then it is that of the query.
 */
final class Search implements Function {
    static final String NAME = "SEARCH";

    private static final Comparator<MetricId> ORDER = Comparator.comparing(MetricId::namespace)
            .thenComparing(MetricId::name)
            .thenComparing(metric -> metric.dimensions().toString());

    @Override
    public Type type(Expression.Call call, Types types) {
        types.expectArguments(call, 2, 3);
        types.expect(call.arguments().getFirst(), Type.STRING);
        SearchParser.parse((Expression.Text) call.arguments().getFirst());
        Expression statistic = call.arguments().get(1);
        types.expect(statistic, Type.STRING);
        if (Statistic.parse(((Expression.Text) statistic).value()).isEmpty()) {
            throw new ExpressionException(
                    statistic.at(), "expected a statistic (" + Statistic.FORMS + "), found " + statistic);
        }
        if (call.arguments().size() == 3 && period(call).isEmpty()) {
            Expression period = call.arguments().get(2);
            throw new ExpressionException(
                    period.at(), "expected a period of 1 to 86400 whole seconds, found " + period);
        }
        return Type.ARRAY;
    }

    /** The period that a call names; empty too if it is none. */
    static OptionalInt period(Expression.Call call) {
        return call.arguments().size() == 3
                        && call.arguments().get(2) instanceof Expression.Number number
                        && number.value() == Math.rint(number.value())
                        && number.value() >= 1
                        && number.value() <= 86_400
                ? OptionalInt.of((int) number.value())
                : OptionalInt.empty();
    }

    @Override
    public Value apply(Expression.Call call, Evaluation evaluation) {
        SearchTerm term = SearchParser.parse((Expression.Text) call.arguments().getFirst());
        Statistic statistic = Statistic.parse(
                        ((Expression.Text) call.arguments().get(1)).value())
                .orElseThrow();
        int period = period(call).orElse(evaluation.grid().period());
        List<MetricId> found = evaluation.published().stream()
                .filter(term::matches)
                .sorted(ORDER)
                .toList();
        evaluation.refuseTooMany(found.size(), call.at());
        return new Value.Many(found.stream()
                .map(metric -> new MetricStatQuery(
                        NAME, Optional.of(label(metric, found)), true, metric, Optional.empty(), statistic, period))
                .map(evaluation::read)
                .toList());
    }

    /** What tells a metric from the others that were found. */
    private static String label(MetricId metric, List<MetricId> found) {
        Stream<String> dimensions = metric.dimensions().entrySet().stream()
                .filter(one -> found.stream()
                        .anyMatch(other ->
                                !one.getValue().equals(other.dimensions().get(one.getKey()))))
                .map(Map.Entry::getValue);
        boolean names = found.stream().anyMatch(other -> !other.name().equals(metric.name()));
        String label = Stream.concat(dimensions, names ? Stream.of(metric.name()) : Stream.empty())
                .collect(Collectors.joining(" "));
        return label.isEmpty() ? metric.name() : label;
    }
}
