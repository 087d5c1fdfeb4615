package io.failoverlab.elb;

import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the access log into the metrics of an Application Load Balancer, one datapoint a second (guide: "CloudWatch
 * metrics for your Application Load Balancer"). As there, a count that would be zero is not reported.
 */
final class BalancerMetrics {
    static final String NAMESPACE = "AWS/ApplicationELB";

    /** For what ELB's own metrics do not tell: how many requests each target answered. */
    private static final String LAB_NAMESPACE = "FailoverLab/ELB";

    /** CloudWatch takes at most this many distinct values in one datapoint. */
    private static final int VALUES_LIMIT = 150;

    private final Map<String, String> balancer;
    private final Map<String, String> group;
    private final Map<String, String> targetNames = new LinkedHashMap<>();
    private final TreeMap<Instant, Second> seconds = new TreeMap<>();

    BalancerMetrics(String loadBalancer, String targetGroup) {
        balancer = Map.of("LoadBalancer", loadBalancer);
        group = Map.of("LoadBalancer", loadBalancer, "TargetGroup", targetGroup);
    }

    synchronized void register(Target target) {
        targetNames.put(target.endpoint(), target.name());
    }

    synchronized void add(AccessLogEntry entry) {
        seconds.computeIfAbsent(entry.at().truncatedTo(ChronoUnit.SECONDS), second -> new Second())
                .add(entry);
    }

    /** Hands out and forgets all seconds that ended before the given time. */
    synchronized List<Measurement> drainBefore(Instant end) {
        List<Measurement> measurements = new ArrayList<>();
        Map<Instant, Second> ended = seconds.headMap(end.truncatedTo(ChronoUnit.SECONDS));
        ended.forEach((at, second) -> {
            measurements.addAll(second.measurements(at, balancer));
            measurements.addAll(second.measurements(at, group));
            second.answers.forEach((endpoint, count) -> measurements.add(Measurement.of(
                    LAB_NAMESPACE,
                    "RequestCount",
                    Map.of("Target", targetNames.getOrDefault(endpoint, endpoint)),
                    "Count",
                    at,
                    count)));
        });
        ended.clear();
        return measurements;
    }

    private static final class Second {
        private long requests;
        private final Map<String, Long> codes = new LinkedHashMap<>();
        private final Map<String, Long> answers = new LinkedHashMap<>();
        private final TreeMap<Double, Double> targetSeconds = new TreeMap<>();

        void add(AccessLogEntry entry) {
            requests++;
            String side = entry.targetAnswered() ? "HTTPCode_Target_" : "HTTPCode_ELB_";
            codes.merge(side + entry.status() / 100 + "XX_Count", 1L, Long::sum);
            if (entry.targetAnswered()) {
                answers.merge(entry.endpoint(), 1L, Long::sum);
            }
            entry.targetSeconds().ifPresent(value -> targetSeconds.merge(value, 1.0, Double::sum));
        }

        List<Measurement> measurements(Instant at, Map<String, String> dimensions) {
            List<Measurement> measurements = new ArrayList<>();
            measurements.add(Measurement.of(NAMESPACE, "RequestCount", dimensions, "Count", at, requests));
            codes.forEach(
                    (name, count) -> measurements.add(Measurement.of(NAMESPACE, name, dimensions, "Count", at, count)));
            List<Double> values = new ArrayList<>(targetSeconds.keySet());
            for (int from = 0; from < values.size(); from += VALUES_LIMIT) {
                List<Double> part = values.subList(from, Math.min(values.size(), from + VALUES_LIMIT));
                measurements.add(new Measurement(
                        NAMESPACE,
                        "TargetResponseTime",
                        dimensions,
                        "Seconds",
                        at,
                        part,
                        part.stream().map(targetSeconds::get).toList()));
            }
            return measurements;
        }
    }
}
