package io.failoverlab.watch;

import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RequestCount;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's view of a second as metrics of {@code FailoverLab/Client}, for each kind of request and for all. */
public final class ClientMetrics {
    private static final String NAMESPACE = "FailoverLab/Client";

    private ClientMetrics() {}

    public static List<Measurement> of(LoadSecond second) {
        List<Measurement> measurements = new ArrayList<>();
        for (RequestCount request : second.requests()) {
            Map<String, String> dimensions = Map.of("Request", request.name());
            measurements.addAll(counts(dimensions, second.at(), request.ok() + request.ko(), request.ko()));
            measurements.addAll(latency(dimensions, second.at(), request));
        }
        measurements.addAll(counts(Map.of(), second.at(), second.ok() + second.ko(), second.ko()));
        return measurements;
    }

    private static List<Measurement> counts(Map<String, String> dimensions, Instant at, long requests, long errors) {
        return List.of(
                Measurement.of(NAMESPACE, "RequestCount", dimensions, "Count", at, requests),
                Measurement.of(NAMESPACE, "ErrorCount", dimensions, "Count", at, errors));
    }

    /** The generator hands over percentiles, not values, so each is a metric of its own. */
    private static List<Measurement> latency(Map<String, String> dimensions, Instant at, RequestCount request) {
        if (request.ok() + request.ko() == 0) {
            return List.of();
        }
        return List.of(
                Measurement.of(NAMESPACE, "LatencyP50", dimensions, "Milliseconds", at, request.p50Millis()),
                Measurement.of(NAMESPACE, "LatencyP99", dimensions, "Milliseconds", at, request.p99Millis()),
                Measurement.of(NAMESPACE, "LatencyMaximum", dimensions, "Milliseconds", at, request.maxMillis()));
    }
}
