package io.failoverlab.elb;

import io.failoverlab.telemetry.Cadence;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.BalancerType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns the access log into the metrics of an Application Load Balancer, with a datapoint a second (guide: "CloudWatch
 * metrics for your Application Load Balancer").
 *
 * <p>As there: a second without any request has no datapoints, {@code RequestCount} counts the requests for which a target
 * was chosen, every other count is left out where it would be zero, and a counted request is a sample of value 1, so that
 * only {@code Sum} tells something. The zone is the chosen target's; of a request without one, that of the node which took
 * it. So every request is in exactly one zone. {@code UnhealthyRoutingRequestCount} goes by the health of the targets when the
 * line was read, some milliseconds after the request.
 *
 * <p>Left out for having no meaning here: {@code ConsumedLCUs} (a unit of AWS's bill), {@code RuleEvaluations} (a listener has
 * its default rule only, which is free there), {@code HTTP_Redirect…} and {@code HTTP_Fixed_Response_Count} (no such rules),
 * the {@code …TLSNegotiationErrorCount} (no TLS), {@code IPv6ProcessedBytes} (no IPv6), and the {@code …StateDNS} and {@code
 * …StateRouting} (no threshold of a zone's targets below which it fails).
 *
 * <p>A line that comes in after its second was handed out makes another datapoint of that second: sums stay exact.
 */
final class BalancerMetrics {
    private static final String NAMESPACE = BalancerType.APPLICATION.namespace();

    /** For what ELB's own metrics do not tell: how many requests each target answered. */
    private static final String LAB_NAMESPACE = "FailoverLab/ELB";

    /** The guide has a metric for each of these besides the one for all 5XX. */
    private static final Set<Integer> CODES_OF_THEIR_OWN = Set.of(500, 502, 503, 504);

    private static final String COUNT = "Count";

    /** AWS's minute holds each request as a sample. */
    static final Cadence CADENCE = Cadence.everyMinute(Cadence.Merge.SAMPLES);

    private final BalancerDimensions dimensions;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final TreeMap<Instant, Second> seconds = new TreeMap<>();

    BalancerMetrics(BalancerDimensions dimensions) {
        this.dimensions = dimensions;
    }

    synchronized void register(Target target) {
        targets.put(target.endpoint(), target);
    }

    /** @param failsOpen whether requests go to unhealthy targets now, since none is healthy */
    synchronized void add(AccessLogEntry entry, boolean failsOpen) {
        seconds.computeIfAbsent(entry.at().truncatedTo(ChronoUnit.SECONDS), second -> new Second())
                .add(entry, failsOpen);
    }

    /**
     * Hands out and forgets all seconds that ended before the given time.
     *
     * @param serving how many targets share the requests now
     */
    synchronized List<Measurement> drainBefore(Instant end, int serving) {
        List<Measurement> measurements = new ArrayList<>();
        Map<Instant, Second> ended = seconds.headMap(end.truncatedTo(ChronoUnit.SECONDS));
        ended.forEach((at, second) -> measurements.addAll(second.measurements(at, serving)));
        ended.clear();
        return measurements;
    }

    private record Series(String name, Map<String, String> dimensions) {}

    private final class Second {
        /** Samples of 1. */
        private final Map<Series, Double> counts = new LinkedHashMap<>();

        private final Map<Series, TreeMap<Double, Double>> responseTimes = new LinkedHashMap<>();
        private final Map<String, Long> answers = new LinkedHashMap<>();
        private long chosen;
        private long bytes;

        Second() {
            count("RequestCount", 0, dimensions.balancer(), dimensions.group());
            Set<String> zones = new TreeSet<>(dimensions.zoneByNode().values());
            targets.values().forEach(target -> zones.add(target.zone()));
            zones.forEach(zone -> count("RequestCount", 0, dimensions.balancer(zone)));
        }

        void add(AccessLogEntry entry, boolean failsOpen) {
            String zone = entry.last()
                    .map(this::zoneOf)
                    .orElseGet(() -> dimensions.zoneByNode().getOrDefault(entry.node(), "unknown"));
            bytes += entry.bytes();
            if (entry.newConnection()) {
                count("NewConnectionCount", 1, dimensions.balancer());
            }
            if (entry.last().isPresent()) {
                chosen++;
                count("RequestCount", 1, dimensions.balancer(), dimensions.balancer(zone), dimensions.group());
                if (failsOpen) {
                    count("UnhealthyRoutingRequestCount", 1, dimensions.group(), dimensions.group(zone));
                }
            }
            entry.attempts().stream()
                    .filter(AccessLogEntry.Attempt::connectionFailed)
                    .forEach(attempt -> countForTarget("TargetConnectionErrorCount", zoneOf(attempt)));
            if (entry.targetAnswered()) {
                addAnswer(entry, entry.last().orElseThrow(), zone);
            } else {
                addOwnAnswer(entry.status(), zone);
            }
        }

        private String zoneOf(AccessLogEntry.Attempt attempt) {
            Target target = targets.get(attempt.endpoint());
            return target == null ? "unknown" : target.zone();
        }

        private void addAnswer(AccessLogEntry entry, AccessLogEntry.Attempt attempt, String zone) {
            countForTarget("HTTPCode_Target_" + entry.status() / 100 + "XX_Count", zone);
            answers.merge(attempt.endpoint(), 1L, Long::sum);
            for (Map<String, String> set : ofTarget(zone)) {
                responseTimes
                        .computeIfAbsent(new Series("TargetResponseTime", set), series -> new TreeMap<>())
                        .merge(attempt.headerSeconds().orElseThrow(), 1.0, Double::sum);
            }
        }

        private void addOwnAnswer(int status, String zone) {
            count("HTTPCode_ELB_" + status / 100 + "XX_Count", 1, dimensions.balancer(), dimensions.balancer(zone));
            if (CODES_OF_THEIR_OWN.contains(status)) {
                count("HTTPCode_ELB_" + status + "_Count", 1, dimensions.balancer());
            }
        }

        private void countForTarget(String name, String zone) {
            ofTarget(zone).forEach(set -> count(name, 1, set));
        }

        private List<Map<String, String>> ofTarget(String zone) {
            return List.of(
                    dimensions.balancer(), dimensions.balancer(zone), dimensions.group(), dimensions.group(zone));
        }

        @SafeVarargs
        private void count(String name, double more, Map<String, String>... sets) {
            for (Map<String, String> set : sets) {
                counts.merge(new Series(name, set), more, Double::sum);
            }
        }

        List<Measurement> measurements(Instant at, int serving) {
            List<Measurement> measurements = new ArrayList<>();
            counts.forEach((series, count) -> measurements.add(new Measurement(
                    NAMESPACE,
                    series.name(),
                    series.dimensions(),
                    COUNT,
                    at,
                    List.of(count == 0 ? 0.0 : 1.0),
                    List.of(Math.max(count, 1)))));
            responseTimes.forEach((series, times) -> measurements.addAll(
                    Measurement.distribution(NAMESPACE, series.name(), series.dimensions(), "Seconds", at, times)));
            if (bytes > 0) {
                measurements.add(
                        Measurement.of(NAMESPACE, "ProcessedBytes", dimensions.balancer(), "Bytes", at, bytes));
            }
            if (serving > 0) {
                for (Map<String, String> set : List.of(dimensions.groupAlone(), dimensions.group())) {
                    measurements.add(Measurement.of(
                            NAMESPACE, "RequestCountPerTarget", set, COUNT, at, (double) chosen / serving));
                }
            }
            measurements.replaceAll(measurement -> measurement.withCadence(CADENCE));
            answers.forEach((endpoint, count) -> measurements.add(Measurement.of(
                    LAB_NAMESPACE, "RequestCount", Map.of("Target", nameOf(endpoint)), COUNT, at, count)));
            return measurements;
        }

        private String nameOf(String endpoint) {
            Target target = targets.get(endpoint);
            return target == null ? endpoint : target.name();
        }
    }
}
