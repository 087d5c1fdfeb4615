package io.failoverlab.watch;

import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RequestCount;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The client's view of a second as metrics of {@code FailoverLab/Client}, for each kind of request and for all. */
public final class ClientMetrics {
    private static final String NAMESPACE = "FailoverLab/Client";

    private ClientMetrics() {}

    public static List<Measurement> of(LoadSecond second) {
        List<Measurement> measurements = new ArrayList<>();
        SortedMap<Double, Double> all = new TreeMap<>();
        for (RequestCount request : second.requests()) {
            Map<String, String> dimensions = Map.of("Request", request.name());
            SortedMap<Double, Double> own = new TreeMap<>();
            request.millis().forEach((millis, count) -> own.put((double) millis, (double) count));
            own.forEach((millis, count) -> all.merge(millis, count, Double::sum));
            measurements.addAll(counts(dimensions, second.at(), request.ok() + request.ko(), request.ko()));
            measurements.addAll(latency(dimensions, second.at(), own));
        }
        measurements.addAll(counts(Map.of(), second.at(), second.ok() + second.ko(), second.ko()));
        measurements.addAll(latency(Map.of(), second.at(), all));
        return measurements;
    }

    private static List<Measurement> counts(Map<String, String> dimensions, Instant at, long requests, long errors) {
        return List.of(
                Measurement.of(NAMESPACE, "RequestCount", dimensions, "Count", at, requests),
                Measurement.of(NAMESPACE, "ErrorCount", dimensions, "Count", at, errors));
    }

    /** Every value, so that any percentile can be asked for, also over several seconds. */
    private static List<Measurement> latency(
            Map<String, String> dimensions, Instant at, SortedMap<Double, Double> countByMillis) {
        return Measurement.distribution(NAMESPACE, "Latency", dimensions, "Milliseconds", at, countByMillis);
    }
}
