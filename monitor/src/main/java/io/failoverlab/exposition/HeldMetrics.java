package io.failoverlab.exposition;

import io.failoverlab.exposition.NewestDatapoints.Datapoint;
import io.failoverlab.metric.Statistic;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest datapoints as gauges, one family for each metric and statistic. Each sample carries the time of its datapoint, so
 * that Prometheus keeps it where it belongs and a datapoint scraped twice is still one.
 */
final class HeldMetrics {
    /** Suffix by statistic, as in Prometheus's CloudWatch exporter. None is the end of another, so families never meet. */
    private static final Map<String, Statistic> STATISTICS = statistics();

    private final NewestDatapoints datapoints;

    private record Named(PrometheusName name, Datapoint datapoint) {}

    HeldMetrics(NewestDatapoints datapoints) {
        this.datapoints = datapoints;
    }

    private static Map<String, Statistic> statistics() {
        Map<String, Statistic> suffixes = new LinkedHashMap<>();
        suffixes.put("_sample_count", Statistic.Simple.SAMPLE_COUNT);
        suffixes.put("_sum", Statistic.Simple.SUM);
        suffixes.put("_average", Statistic.Simple.AVERAGE);
        suffixes.put("_minimum", Statistic.Simple.MINIMUM);
        suffixes.put("_maximum", Statistic.Simple.MAXIMUM);
        for (String percentile : List.of("p50", "p90", "p99")) {
            suffixes.put("_" + percentile, Statistic.parse(percentile).orElseThrow());
        }
        return suffixes;
    }

    /**
     * By name.
     *
     * @param taken names of other families on the same page; a family of ours that would have one gets a prefix
     */
    List<MetricFamilySamples> families(Set<String> taken) {
        SortedMap<String, List<Named>> byFamily = new TreeMap<>();
        for (Named named : named(datapoints.find())) {
            byFamily.computeIfAbsent(named.name().family(), f -> new ArrayList<>())
                    .add(named);
        }
        List<MetricFamilySamples> families = new ArrayList<>();
        byFamily.forEach((family, members) -> {
            boolean free = STATISTICS.keySet().stream().noneMatch(suffix -> taken.contains(family + suffix));
            String prefix = free ? "" : "cloudwatch_";
            STATISTICS.forEach((suffix, statistic) -> {
                List<Sample> samples = samples(prefix + family + suffix, statistic, members);
                if (!samples.isEmpty()) {
                    families.add(family(samples, statistic, members.getFirst()));
                }
            });
        });
        return families;
    }

    private static MetricFamilySamples family(List<Sample> samples, Statistic statistic, Named first) {
        var metric = first.datapoint().stream().metric();
        String help = statistic + " of CloudWatch's " + metric.namespace() + " " + metric.name()
                + " in its newest period, in "
                + first.datapoint().stream().unit().wireName() + ".";
        return new MetricFamilySamples(samples.getFirst().name, Collector.Type.GAUGE, help, samples);
    }

    private static List<Sample> samples(String name, Statistic statistic, List<Named> members) {
        List<Sample> samples = new ArrayList<>(members.size());
        for (Named member : members) {
            var value = member.datapoint().value();
            // A single value is its own percentile: not worth a line.
            OptionalDouble number = statistic.needsDistribution() && value.sampleCount() <= 1
                    ? OptionalDouble.empty()
                    : statistic.of(value);
            if (number.isPresent()) {
                SortedMap<String, String> labels = member.name().labels();
                samples.add(new Sample(
                        name,
                        List.copyOf(labels.keySet()),
                        List.copyOf(labels.values()),
                        number.getAsDouble(),
                        member.datapoint().at().toEpochMilli()));
            }
        }
        return samples;
    }

    /** Datapoints that would have the same name and labels are told apart. */
    private static List<Named> named(List<Datapoint> found) {
        Map<PrometheusName, List<Datapoint>> byName = new HashMap<>();
        for (Datapoint datapoint : found) {
            byName.computeIfAbsent(PrometheusName.of(datapoint.stream()), n -> new ArrayList<>(1))
                    .add(datapoint);
        }
        List<Named> named = new ArrayList<>(found.size());
        byName.forEach((name, same) -> {
            for (Datapoint datapoint : same) {
                named.add(new Named(same.size() == 1 ? name : name.identifiedAs(datapoint.stream()), datapoint));
            }
        });
        named.sort((left, right) ->
                left.name().labels().toString().compareTo(right.name().labels().toString()));
        return named;
    }
}
