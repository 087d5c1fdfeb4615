package io.failoverlab.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Publishes the metrics of AWS's namespaces as seldom as AWS does (EC2 User Guide, "Basic monitoring and detailed
 * monitoring"), so that alarms see no more than they would there. Beside them, what was measured each second is published as
 * ever, with the same name, dimensions and unit, in a namespace of the lab: {@code FailoverLab/EC2} for {@code AWS/EC2}.
 *
 * <p>A metric cannot have both in one namespace: CloudWatch adds datapoints of one metric up, whatever resolution each came
 * with, so the second of them would change every statistic of the first.
 *
 * <p>A datapoint is published some seconds after the end of its time and dated at the begin of it, as there. What is measured
 * late makes another datapoint of the same time: sums stay exact.
 */
public final class AwsCadence implements Telemetry {
    private static final String AWS = "AWS/";
    private static final String LAB = "FailoverLab/";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Requests are known from the access log, whose lines come up to this long after their second. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Telemetry next;
    private final int scale;
    private final Map<Window, List<Measurement>> open = new LinkedHashMap<>();
    private Instant newest = Instant.MIN;

    private record Window(
            String namespace, String name, Map<String, String> dimensions, String unit, Instant start, Cadence used) {
        Instant end() {
            return start.plus(used.every());
        }
    }

    /** @param scale that AWS's times are divided by, at least 1 */
    public AwsCadence(Telemetry next, int scale) {
        if (scale < 1) {
            throw new IllegalArgumentException("expected a time scale of 1 or more, found " + scale);
        }
        this.next = next;
        this.scale = scale;
    }

    @Override
    public void measured(List<Measurement> measurements) {
        List<Measurement> published = new ArrayList<>();
        synchronized (this) {
            for (Measurement measurement : measurements) {
                if (measurement.namespace().startsWith(AWS)) {
                    published.add(measurement.inNamespace(
                            LAB + measurement.namespace().substring(AWS.length())));
                    open.computeIfAbsent(windowOf(measurement), window -> new ArrayList<>())
                            .add(measurement);
                } else {
                    published.add(measurement);
                }
                newest = measurement.at().isAfter(newest) ? measurement.at() : newest;
            }
            published.addAll(ended());
        }
        next.measured(published);
    }

    private Window windowOf(Measurement measurement) {
        Duration scaled = measurement.cadence().every().dividedBy(scale);
        Duration every = scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
        long millis = measurement.at().toEpochMilli();
        return new Window(
                measurement.namespace(),
                measurement.name(),
                measurement.dimensions(),
                measurement.unit(),
                Instant.ofEpochMilli(millis - Math.floorMod(millis, every.toMillis())),
                new Cadence(every, measurement.cadence().merge()));
    }

    private List<Measurement> ended() {
        List<Measurement> ended = new ArrayList<>();
        Iterator<Map.Entry<Window, List<Measurement>>> entries = open.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Window, List<Measurement>> entry = entries.next();
            if (!entry.getKey().end().plus(GRACE).isAfter(newest)) {
                ended.addAll(merged(entry.getKey(), entry.getValue()));
                entries.remove();
            }
        }
        return ended;
    }

    private static List<Measurement> merged(Window window, List<Measurement> parts) {
        TreeMap<Double, Double> samples = new TreeMap<>();
        switch (window.used().merge()) {
            case SAMPLES ->
                parts.forEach(
                        part -> part.samples().forEach((value, count) -> samples.merge(value, count, Double::sum)));
            case MEAN -> samples.put(sum(parts) / count(parts), 1.0);
            case SUM -> samples.put(sum(parts), 1.0);
            case LAST ->
                samples.put(
                        parts.stream()
                                .reduce((one, other) -> other.at().isBefore(one.at()) ? one : other)
                                .orElseThrow()
                                .values()
                                .getLast(),
                        1.0);
        }
        return Measurement.distribution(
                        window.namespace(),
                        window.name(),
                        window.dimensions(),
                        window.unit(),
                        window.start().truncatedTo(ChronoUnit.SECONDS),
                        samples)
                .stream()
                .map(part -> part.withCadence(window.used()))
                .toList();
    }

    private static double sum(List<Measurement> parts) {
        return parts.stream()
                .flatMap(part -> part.samples().entrySet().stream())
                .mapToDouble(sample -> sample.getKey() * sample.getValue())
                .sum();
    }

    private static double count(List<Measurement> parts) {
        return parts.stream()
                .flatMap(part -> part.counts().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @Override
    public void happened(StackEvent event) {
        next.happened(event);
    }
}
