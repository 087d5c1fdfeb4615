package io.failoverlab.scrape;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import io.failoverlab.scrape.Exposition.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a target between two scrapes: its counters. A counter becomes what it grew by since the scrape before; one
 * that became smaller began again at zero, since its process did. A series that was not there in the scrape before began at zero,
 * too. The first scrape of all only sets the marks.
 */
final class TargetState {
    static final String NAMESPACE = "Prometheus";

    /** Labels that take a histogram or a summary apart. */
    private static final Set<String> PARTS = Set.of("le", "quantile");

    private final Target target;
    /** Null before the first scrape. */
    private Map<SampleKey, Double> counters;

    private record SampleKey(String name, Map<String, String> labels) {}

    /** What came of a scrape. */
    record Reading(List<Datum> data, int dropped) {}

    TargetState(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    Datum up(boolean up, Instant now) {
        MetricId metric = MetricId.of(NAMESPACE, "up", target.labels());
        return datum(metric, up ? 1 : 0, now);
    }

    /** Samples that cannot be a datapoint of CloudWatch, by their value, labels or names, are dropped and counted. */
    Reading read(Exposition exposition, Instant now) {
        Map<SampleKey, Double> seen = new HashMap<>();
        List<Datum> data = new ArrayList<>();
        int dropped = 0;
        for (Sample sample : exposition.samples()) {
            boolean part = sample.labels().keySet().stream().anyMatch(PARTS::contains);
            if (part || exposition.isCreationTime(sample)) {
                continue;
            }
            OptionalDouble value =
                    exposition.isCumulative(sample) ? growth(sample, seen) : OptionalDouble.of(sample.value());
            if (value.isPresent()) {
                Optional<MetricId> metric = metric(sample);
                if (metric.isPresent() && Double.isFinite(value.getAsDouble())) {
                    data.add(datum(metric.get(), value.getAsDouble(), now));
                } else {
                    dropped++;
                }
            }
        }
        counters = seen;
        return new Reading(data, dropped);
    }

    private OptionalDouble growth(Sample sample, Map<SampleKey, Double> seen) {
        SampleKey key = new SampleKey(sample.name(), sample.labels());
        seen.put(key, sample.value());
        if (counters == null) {
            return OptionalDouble.empty();
        }
        double before = counters.getOrDefault(key, 0.0);
        return OptionalDouble.of(sample.value() < before ? sample.value() : sample.value() - before);
    }

    /** The target's labels win; a sample's label of the same name is kept with the prefix that Prometheus gives it. */
    private Optional<MetricId> metric(Sample sample) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        sample.labels().forEach((name, value) -> {
            if (!value.isBlank()) { // Prometheus: an empty label is no label
                dimensions.put(target.labels().containsKey(name) ? "exported_" + name : name, value);
            }
        });
        dimensions.putAll(target.labels());
        try {
            return Optional.of(new MetricId(NAMESPACE, sample.name(), dimensions));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Datum datum(MetricId metric, double value, Instant now) {
        return new Datum(new MetricStream(metric, Unit.NONE), now, Aggregate.ofValue(value), 1);
    }
}
