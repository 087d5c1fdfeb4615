package io.failoverlab.math;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which queries an expression reads. */
final class References {
    private final Collection<String> metrics;
    private final Set<String> found = new LinkedHashSet<>();

    private References(Collection<String> metrics) {
        this.metrics = metrics;
    }

    /** @param metrics the ids that METRICS chooses from */
    static Set<String> of(Expression expression, Collection<String> metrics) {
        References references = new References(metrics);
        references.collect(expression);
        return references.found;
    }

    private void collect(Expression expression) {
        switch (expression) {
            case Expression.Reference reference -> found.add(reference.id());
            case Expression.Array array -> array.elements().forEach(this::collect);
            case Expression.Negation negation -> collect(negation.operand());
            case Expression.Binary binary -> {
                collect(binary.left());
                collect(binary.right());
            }
            case Expression.Call call -> {
                call.arguments().forEach(this::collect);
                if (call.function().equals(Metrics.NAME)) {
                    metrics.stream().filter(id -> Metrics.isMeant(call, id)).forEach(found::add);
                }
            }
            case Expression.Number ignored -> {}
            case Expression.Text ignored -> {}
            case Expression.Word ignored -> {}
        }
    }
}
