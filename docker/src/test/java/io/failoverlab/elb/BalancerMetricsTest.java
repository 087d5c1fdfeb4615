package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.elb.AccessLogEntry.Attempt;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BalancerMetricsTest {
    private static final Instant SECOND = Instant.parse("2026-11-24T02:09:14Z");
    private static final String A = "10.0.10.10:8080";
    private static final String C = "10.0.11.10:8080";

    private final BalancerMetrics metrics = new BalancerMetrics(
            new BalancerDimensions("app/lb/1", "targetgroup/web/2", Map.of("10.0.1.10", "1a", "10.0.2.10", "1c")));

    BalancerMetricsTest() {
        metrics.register(new Target("web-1a", "i-a", "1a", "10.0.10.10", 8080));
        metrics.register(new Target("web-1c", "i-c", "1c", "10.0.11.10", 8080));
    }

    /** One of everything; names of dimensions by their first letters, counts as samples of 1. */
    @Test
    void aSecondIsToldInEveryDimensionSetThatElbHas() {
        add(200, true, answered(A, 0.002));
        add(200, false, answered(A, 0.002));
        add(404, false, answered(C, 0.004));
        add(503, false, answered(C, 0.001));
        add(201, false, refused(A), answered(C, 0.003));
        add(504, false, refused(A), refused(C));
        add(503, true);

        assertThat(lines(metrics.drainBefore(SECOND.plusSeconds(1), 2))).isEqualTo("""
                FailoverLab/ELB RequestCount {T=web-1a} 2.0 x 1
                FailoverLab/ELB RequestCount {T=web-1c} 3.0 x 1
                HTTPCode_ELB_503_Count {L} 1.0 x 1
                HTTPCode_ELB_504_Count {L} 1.0 x 1
                HTTPCode_ELB_5XX_Count {A=1a L} 1.0 x 1
                HTTPCode_ELB_5XX_Count {A=1c L} 1.0 x 1
                HTTPCode_ELB_5XX_Count {L} 1.0 x 2
                HTTPCode_Target_2XX_Count {A=1a L T} 1.0 x 2
                HTTPCode_Target_2XX_Count {A=1a L} 1.0 x 2
                HTTPCode_Target_2XX_Count {A=1c L T} 1.0 x 1
                HTTPCode_Target_2XX_Count {A=1c L} 1.0 x 1
                HTTPCode_Target_2XX_Count {L T} 1.0 x 3
                HTTPCode_Target_2XX_Count {L} 1.0 x 3
                HTTPCode_Target_4XX_Count {A=1c L T} 1.0 x 1
                HTTPCode_Target_4XX_Count {A=1c L} 1.0 x 1
                HTTPCode_Target_4XX_Count {L T} 1.0 x 1
                HTTPCode_Target_4XX_Count {L} 1.0 x 1
                HTTPCode_Target_5XX_Count {A=1c L T} 1.0 x 1
                HTTPCode_Target_5XX_Count {A=1c L} 1.0 x 1
                HTTPCode_Target_5XX_Count {L T} 1.0 x 1
                HTTPCode_Target_5XX_Count {L} 1.0 x 1
                NewConnectionCount {L} 1.0 x 2
                ProcessedBytes {L} 700.0 x 1
                RequestCount {A=1a L} 1.0 x 2
                RequestCount {A=1c L} 1.0 x 4
                RequestCount {L T} 1.0 x 6
                RequestCount {L} 1.0 x 6
                RequestCountPerTarget {L T} 3.0 x 1
                RequestCountPerTarget {T} 3.0 x 1
                TargetConnectionErrorCount {A=1a L T} 1.0 x 2
                TargetConnectionErrorCount {A=1a L} 1.0 x 2
                TargetConnectionErrorCount {A=1c L T} 1.0 x 1
                TargetConnectionErrorCount {A=1c L} 1.0 x 1
                TargetConnectionErrorCount {L T} 1.0 x 3
                TargetConnectionErrorCount {L} 1.0 x 3
                TargetResponseTime {A=1a L T} 0.002 x 2
                TargetResponseTime {A=1a L} 0.002 x 2
                TargetResponseTime {A=1c L T} 0.001 x 1, 0.003 x 1, 0.004 x 1
                TargetResponseTime {A=1c L} 0.001 x 1, 0.003 x 1, 0.004 x 1
                TargetResponseTime {L T} 0.001 x 1, 0.002 x 2, 0.003 x 1, 0.004 x 1
                TargetResponseTime {L} 0.001 x 1, 0.002 x 2, 0.003 x 1, 0.004 x 1
                """);
    }

    @Test
    void requestsWithoutAChosenTargetAreNotInTheRequestCountWhichIsThenZero() {
        add(503, true);

        assertThat(lines(metrics.drainBefore(SECOND.plusSeconds(1), 0))).isEqualTo("""
                HTTPCode_ELB_503_Count {L} 1.0 x 1
                HTTPCode_ELB_5XX_Count {A=1a L} 1.0 x 1
                HTTPCode_ELB_5XX_Count {L} 1.0 x 1
                NewConnectionCount {L} 1.0 x 1
                ProcessedBytes {L} 100.0 x 1
                RequestCount {A=1a L} 0.0 x 1
                RequestCount {A=1c L} 0.0 x 1
                RequestCount {L T} 0.0 x 1
                RequestCount {L} 0.0 x 1
                """);
    }

    @Test
    void aSecondIsHandedOutOnceAndOnlyWhenItIsOver() {
        add(200, true, answered(A, 0.002));
        assertThat(metrics.drainBefore(SECOND.plusMillis(999), 2)).isEmpty();
        assertThat(metrics.drainBefore(SECOND.plusSeconds(1), 2)).isNotEmpty();
        assertThat(metrics.drainBefore(SECOND.plusSeconds(2), 2)).isEmpty();
    }

    @Test
    void aLineThatIsLateAddsToItsSecond() {
        add(200, true, answered(A, 0.002));
        add(200, true, answered(A, 0.002));
        List<Measurement> first = metrics.drainBefore(SECOND.plusSeconds(1), 2);
        add(200, true, answered(A, 0.002));
        List<Measurement> late = metrics.drainBefore(SECOND.plusSeconds(2), 2);

        assertThat(requestsOfBalancer(first)).isEqualTo(2);
        assertThat(requestsOfBalancer(late)).isEqualTo(1);
        assertThat(late).allMatch(it -> it.at().equals(SECOND));
    }

    @Test
    void moreThanAHundredAndFiftyDistinctTimesGoIntoSeveralDatapoints() {
        for (int i = 0; i < 151; i++) {
            add(200, false, answered(A, i / 1000.0));
        }
        List<Measurement> times = metrics.drainBefore(SECOND.plusSeconds(1), 2).stream()
                .filter(it -> it.name().equals("TargetResponseTime")
                        && it.dimensions().size() == 1)
                .toList();
        assertThat(times).extracting(it -> it.values().size()).containsExactly(150, 1);
    }

    @Test
    void requestsToUnhealthyTargetsAreCountedWhileNoneIsHealthy() {
        metrics.add(entry(200, false, answered(C, 0.002)), true);
        metrics.add(entry(504, false, refused(A)), true);
        metrics.add(entry(200, false, answered(A, 0.002)), false);
        metrics.add(entry(503, false), true);

        assertThat(lines(metrics.drainBefore(SECOND.plusSeconds(1), 2)).lines())
                .filteredOn(line -> line.startsWith("UnhealthyRouting"))
                .containsExactly(
                        "UnhealthyRoutingRequestCount {A=1a L T} 1.0 x 1",
                        "UnhealthyRoutingRequestCount {A=1c L T} 1.0 x 1",
                        "UnhealthyRoutingRequestCount {L T} 1.0 x 2");
    }

    private void add(int status, boolean newConnection, Attempt... attempts) {
        metrics.add(entry(status, newConnection, attempts), false);
    }

    private static AccessLogEntry entry(int status, boolean newConnection, Attempt... attempts) {
        boolean answered = attempts.length > 0
                && attempts[attempts.length - 1].headerSeconds().isPresent();
        return new AccessLogEntry(
                SECOND.plusMillis(500), status, "10.0.1.10", newConnection, 100, List.of(attempts), answered);
    }

    private static Attempt answered(String endpoint, double seconds) {
        return new Attempt(endpoint, false, OptionalDouble.of(seconds));
    }

    private static Attempt refused(String endpoint) {
        return new Attempt(endpoint, true, OptionalDouble.empty());
    }

    private static double requestsOfBalancer(List<Measurement> measurements) {
        return measurements.stream()
                .filter(it ->
                        it.name().equals("RequestCount") && it.dimensions().equals(Map.of("LoadBalancer", "app/lb/1")))
                .mapToDouble(it -> it.counts().getFirst())
                .sum();
    }

    private static String lines(List<Measurement> measurements) {
        return measurements.stream()
                .map(BalancerMetricsTest::line)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Measurement it) {
        String namespace = it.namespace().equals("AWS/ApplicationELB") ? "" : it.namespace() + " ";
        String dimensions = new TreeMap<>(it.dimensions())
                .entrySet().stream()
                        .map(set -> switch (set.getKey()) {
                            case "LoadBalancer" -> "L";
                            case "TargetGroup" -> "T";
                            default -> set.getKey().charAt(0) + "=" + set.getValue();
                        })
                        .collect(Collectors.joining(" "));
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < it.values().size(); i++) {
            values.append(i == 0 ? " " : ", ")
                    .append(it.values().get(i))
                    .append(" x ")
                    .append(it.counts().get(i).intValue());
        }
        return namespace + it.name() + " {" + dimensions + "}" + values;
    }
}
