package io.failoverlab.environment;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps what a stack publishes. Sets of dimensions are written short: the balancer's and the group's as {@code L} and
 * {@code T}, others as {@code A=ap-northeast-1a}, ordered by name.
 */
public final class RecordedMetrics implements Telemetry, Progress {
    private final ConcurrentLinkedQueue<Measurement> measurements = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<StackEvent> events = new ConcurrentLinkedQueue<>();

    double sum(String name, String set) {
        return over(
                name,
                set,
                it -> IntStream.range(0, it.values().size())
                        .mapToDouble(i -> it.values().get(i) * it.counts().get(i))
                        .sum());
    }

    double samples(String name, String set) {
        return over(
                name,
                set,
                it -> it.counts().stream().mapToDouble(Double::doubleValue).sum());
    }

    private double over(String name, String set, ToDoubleFunction<Measurement> value) {
        return measurements.stream()
                .filter(it -> it.name().equals(name)
                        && it.namespace().startsWith("AWS/")
                        && brief(it.dimensions()).equals(set))
                .mapToDouble(value)
                .sum();
    }

    public Collection<Measurement> measurements() {
        return measurements;
    }

    public Collection<StackEvent> events() {
        return events;
    }

    private static String brief(Map<String, String> dimensions) {
        return new TreeMap<>(dimensions)
                .entrySet().stream()
                        .map(it -> switch (it.getKey()) {
                            case "LoadBalancer" -> "L";
                            case "TargetGroup" -> "T";
                            default -> it.getKey().charAt(0) + "=" + it.getValue();
                        })
                        .collect(Collectors.joining(" "));
    }

    @Override
    public void measured(List<Measurement> more) {
        measurements.addAll(more);
    }

    @Override
    public void happened(StackEvent event) {
        events.add(event);
    }

    @Override
    public void started(String step) {}

    @Override
    public void waiting(String step, String what) {}

    @Override
    public void finished(String step, Duration took) {}
}
