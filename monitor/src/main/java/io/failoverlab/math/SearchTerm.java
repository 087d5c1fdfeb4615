package io.failoverlab.math;

import io.failoverlab.metric.MetricId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a search looks for in a metric. */
sealed interface SearchTerm {
    boolean matches(MetricId metric);

    /** All metrics. */
    record Everything() implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            return true;
        }
    }

    /**
     * The part in braces: a namespace, and the names of all dimensions of the metric.
     *
     * @param dimensions any if empty
     */
    record Schema(String namespace, List<String> dimensions) implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            return metric.namespace().equals(namespace)
                    && (dimensions.isEmpty()
                            || metric.dimensions().size() == dimensions.size()
                                    && metric.dimensions().keySet().containsAll(dimensions));
        }
    }

    /**
     * A text, in one property of the metric or in any.
     *
     * @param property MetricName, Namespace or the name of a dimension
     * @param exact whether the property must be just this, or have its words
     */
    record Text(Optional<String> property, String value, boolean exact) implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            SearchWords words = SearchWords.of(value);
            return properties(metric)
                    .anyMatch(found -> exact ? found.equals(value) : words.isIn(SearchWords.of(found)));
        }

        private Stream<String> properties(MetricId metric) {
            if (property.isEmpty()) {
                return Stream.of(
                                Stream.of(metric.namespace(), metric.name()),
                                metric.dimensions().keySet().stream(),
                                metric.dimensions().values().stream())
                        .flatMap(all -> all);
            }
            return switch (property.get()) {
                case "MetricName" -> Stream.of(metric.name());
                case "Namespace" -> Stream.of(metric.namespace());
                default -> Stream.ofNullable(metric.dimensions().get(property.get()));
            };
        }
    }

    record Not(SearchTerm term) implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            return !term.matches(metric);
        }
    }

    record All(List<SearchTerm> terms) implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            return terms.stream().allMatch(term -> term.matches(metric));
        }
    }

    record Any(List<SearchTerm> terms) implements SearchTerm {
        @Override
        public boolean matches(MetricId metric) {
            return terms.stream().anyMatch(term -> term.matches(metric));
        }
    }
}
