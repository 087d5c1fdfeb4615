package io.failoverlab.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * From CloudWatch's series to the lines that are shown, by the rules of the page's {@code samples.js}: one sample a second, in
 * which a line that has no value was not measured, which is never zero.
 */
final class Samples {
    private static final int COUNT = 1;
    private static final int SUM = 2;
    private static final int MINIMUM = 3;
    private static final int MAXIMUM = 4;
    private static final int P50 = 5;
    private static final int P99 = 6;
    private static final Map<String, Double> PER_MILLISECOND =
            Map.of("Seconds", 1000.0, "Milliseconds", 1.0, "Microseconds", 0.001);

    private static final String ELB = "AWS/ApplicationELB";
    private static final String NLB = "AWS/NetworkELB";
    private static final String CLIENT = "FailoverLab/Client";
    private static final Set<String> BALANCER = Set.of("LoadBalancer");
    private static final Set<String> GROUP = Set.of("LoadBalancer", "TargetGroup");

    /** What a point says, in the unit of its series. */
    @FunctionalInterface
    private interface Reading extends BiFunction<JsonNode, String, OptionalDouble> {}

    /**
     * Which series feeds which lines. It counts only with exactly these dimensions: CloudWatch does not aggregate over them.
     *
     * @param lines one that ends in a dot is one for each instance
     */
    private record Rule(String namespace, String metric, Set<String> dimensions, Map<String, Reading> lines) {}

    private static final List<Rule> RULES = List.of(
            new Rule(ELB, "RequestCount", BALANCER, Map.of("requests.balancer", value(SUM))),
            new Rule(ELB, "HTTPCode_ELB_5XX_Count", BALANCER, Map.of("failed.elb5xx", value(SUM))),
            new Rule(ELB, "HTTPCode_Target_5XX_Count", BALANCER, Map.of("failed.target5xx", value(SUM))),
            new Rule(
                    ELB,
                    "TargetResponseTime",
                    BALANCER,
                    Map.of("latency.target.p50", milliseconds(P50), "latency.target.p99", milliseconds(P99))),
            new Rule(ELB, "HealthyHostCount", GROUP, Map.of("hosts.healthy", value(MINIMUM))),
            new Rule(ELB, "UnHealthyHostCount", GROUP, Map.of("hosts.unhealthy", value(MAXIMUM))),
            new Rule(NLB, "HealthyHostCount", GROUP, Map.of("hosts.healthy", value(MINIMUM))),
            new Rule(NLB, "UnHealthyHostCount", GROUP, Map.of("hosts.unhealthy", value(MAXIMUM))),
            new Rule(CLIENT, "RequestCount", Set.of(), Map.of("requests.client", value(SUM))),
            new Rule(CLIENT, "ErrorCount", Set.of(), Map.of("failed.client", value(SUM))),
            new Rule(
                    CLIENT,
                    "Latency",
                    Set.of(),
                    Map.of("latency.client.p50", milliseconds(P50), "latency.client.p99", milliseconds(P99))),
            new Rule(
                    "FailoverLab/RDS",
                    "ReplicationExposed",
                    Set.of("DBInstanceIdentifier"),
                    Map.of("exposed.", value(MAXIMUM))),
            new Rule("AWS/RDS", "ReplicaLag", Set.of("DBInstanceIdentifier"), Map.of("lag.", value(MAXIMUM))),
            new Rule("AWS/EC2", "CPUUtilization", Set.of("InstanceId"), Map.of("cpu.", Samples::average)),
            new Rule("AWS/RDS", "CPUUtilization", Set.of("DBInstanceIdentifier"), Map.of("cpu.", Samples::average)),
            new Rule(
                    "AWS/RDS",
                    "DatabaseConnections",
                    Set.of("DBInstanceIdentifier"),
                    Map.of("connections.", Samples::average)));

    /** CloudWatch publishes these counts only when they are not zero: in a second with a request count, none means 0. */
    private static final Map<String, List<String>> ZERO_WHERE_COUNTED = Map.of(
            "requests.balancer", List.of("failed.elb5xx", "failed.target5xx"),
            "requests.client", List.of("failed.client"));

    private Samples() {}

    private static Reading value(int index) {
        return (point, unit) -> number(point.path(index));
    }

    private static Reading milliseconds(int index) {
        return (point, unit) -> {
            Double factor = PER_MILLISECOND.get(unit);
            OptionalDouble value = number(point.path(index));
            return factor == null || value.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(value.getAsDouble() * factor);
        };
    }

    private static OptionalDouble average(JsonNode point, String unit) {
        double count = point.path(COUNT).asDouble();
        return count > 0 ? OptionalDouble.of(point.path(SUM).asDouble() / count) : OptionalDouble.empty();
    }

    private static OptionalDouble number(JsonNode value) {
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** Value by line by second of a tick or a snapshot. */
    static TreeMap<Long, Map<String, Double>> of(JsonNode block) {
        TreeMap<Long, Map<String, Double>> samples = new TreeMap<>();
        block.path("seconds").forEach(second -> samples.put(second.asLong(), new HashMap<>()));
        for (JsonNode series : block.path("series")) {
            Set<String> dimensions = new TreeSet<>();
            series.path("dimensions").fieldNames().forEachRemaining(dimensions::add);
            RULES.stream()
                    .filter(rule -> rule.namespace()
                                    .equals(series.path("namespace").asText())
                            && rule.metric().equals(series.path("metricName").asText())
                            && rule.dimensions().equals(dimensions))
                    .forEach(rule -> read(rule, series, samples));
        }
        samples.values().forEach(Samples::fillZeros);
        return samples;
    }

    private static void read(Rule rule, JsonNode series, Map<Long, Map<String, Double>> samples) {
        rule.lines().forEach((line, reading) -> {
            String name = line.endsWith(".")
                    ? line
                            + series.path("dimensions")
                                    .path(rule.dimensions().iterator().next())
                                    .asText()
                    : line;
            for (JsonNode point : series.path("points")) {
                Map<String, Double> sample = samples.get(point.path(0).asLong());
                if (sample != null) {
                    reading.apply(point, series.path("unit").asText()).ifPresent(value -> sample.put(name, value));
                }
            }
        });
    }

    private static void fillZeros(Map<String, Double> sample) {
        ZERO_WHERE_COUNTED.forEach((counted, lines) -> {
            if (sample.containsKey(counted)) {
                lines.forEach(line -> sample.putIfAbsent(line, 0.0));
            }
        });
    }
}
