package io.failoverlab.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.Distribution;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.failoverlab.store.Database;
import io.failoverlab.store.MetricStore;
import io.failoverlab.store.RegionMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldMetricsTest {
    /** 1767323040 as epoch second. */
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");

    @TempDir
    private Path directory;

    private Database database;
    private RegionMetrics metrics;
    private HeldMetrics held;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("monitor.db"), InstantSource.system());
        metrics = new MetricStore(database, () -> NOW, new CollectorRegistry()).in(Scope.LAB);
        held = new HeldMetrics(new NewestDatapoints(metrics, () -> NOW));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void put(String name, Map<String, String> dimensions, Unit unit, int secondsAgo, Aggregate value) {
        put(name, dimensions, unit, secondsAgo, value, 1);
    }

    private void put(
            String name, Map<String, String> dimensions, Unit unit, int secondsAgo, Aggregate value, int resolution) {
        MetricStream stream = new MetricStream(MetricId.of("AWS/EC2", name, dimensions), unit);
        metrics.add(List.of(new Datum(stream, NOW.minusSeconds(secondsAgo), value, resolution)));
    }

    private String text(String... taken) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, Collections.enumeration(held.families(Set.of(taken))));
        return text.toString();
    }

    private List<String> samples(String family, String... taken) throws IOException {
        return text(taken).lines().filter(line -> line.startsWith(family)).toList();
    }

    @Test
    void eachStatisticIsAFamilyWithTheTimeOfTheDatapoint() throws IOException {
        put("CPUUtilization", Map.of("InstanceId", "i-2"), Unit.PERCENT, 1, Aggregate.ofValue(7.5));
        put("CPUUtilization", Map.of("InstanceId", "i-1"), Unit.PERCENT, 2, Aggregate.ofStatisticSet(4, 10, 1, 4));
        assertThat(text()).isEqualTo("""
                # HELP aws_ec2_cpuutilization_sample_count SampleCount of CloudWatch's AWS/EC2 CPUUtilization in its newest period, in Percent.
                # TYPE aws_ec2_cpuutilization_sample_count gauge
                aws_ec2_cpuutilization_sample_count{instance_id="i-1",} 4.0 1767323038000
                aws_ec2_cpuutilization_sample_count{instance_id="i-2",} 1.0 1767323039000
                # HELP aws_ec2_cpuutilization_sum Sum of CloudWatch's AWS/EC2 CPUUtilization in its newest period, in Percent.
                # TYPE aws_ec2_cpuutilization_sum gauge
                aws_ec2_cpuutilization_sum{instance_id="i-1",} 10.0 1767323038000
                aws_ec2_cpuutilization_sum{instance_id="i-2",} 7.5 1767323039000
                # HELP aws_ec2_cpuutilization_average Average of CloudWatch's AWS/EC2 CPUUtilization in its newest period, in Percent.
                # TYPE aws_ec2_cpuutilization_average gauge
                aws_ec2_cpuutilization_average{instance_id="i-1",} 2.5 1767323038000
                aws_ec2_cpuutilization_average{instance_id="i-2",} 7.5 1767323039000
                # HELP aws_ec2_cpuutilization_minimum Minimum of CloudWatch's AWS/EC2 CPUUtilization in its newest period, in Percent.
                # TYPE aws_ec2_cpuutilization_minimum gauge
                aws_ec2_cpuutilization_minimum{instance_id="i-1",} 1.0 1767323038000
                aws_ec2_cpuutilization_minimum{instance_id="i-2",} 7.5 1767323039000
                # HELP aws_ec2_cpuutilization_maximum Maximum of CloudWatch's AWS/EC2 CPUUtilization in its newest period, in Percent.
                # TYPE aws_ec2_cpuutilization_maximum gauge
                aws_ec2_cpuutilization_maximum{instance_id="i-1",} 4.0 1767323038000
                aws_ec2_cpuutilization_maximum{instance_id="i-2",} 7.5 1767323039000
                """);
    }

    @Test
    void percentilesAreShownWhereTheValuesAreKnown() throws IOException {
        double[] values = new double[100];
        double[] counts = new double[100];
        for (int i = 0; i < 100; i++) {
            values[i] = i + 1;
            counts[i] = 1;
        }
        put("Latency", Map.of(), Unit.SECONDS, 1, Aggregate.ofValues(Distribution.of(values, counts)));
        assertThat(samples("aws_ec2_latency_p"))
                .containsExactly(
                        "aws_ec2_latency_p50 50.0 1767323039000",
                        "aws_ec2_latency_p90 90.0 1767323039000",
                        "aws_ec2_latency_p99 99.0 1767323039000");
    }

    @Test
    void aSecondThatIsNotOverIsNotShown() throws IOException {
        put("Requests", Map.of(), Unit.COUNT, 0, Aggregate.ofValue(1));
        assertThat(text()).isEmpty();
        put("Requests", Map.of(), Unit.COUNT, 40, Aggregate.ofValue(2));
        assertThat(samples("aws_ec2_requests_sum")).containsExactly("aws_ec2_requests_sum 2.0 1767323000000");
    }

    @Test
    void aMinuteThatIsOverIsShown() throws IOException {
        put("Requests", Map.of(), Unit.COUNT, 75, Aggregate.ofValue(2), 60);
        assertThat(samples("aws_ec2_requests_sum")).containsExactly("aws_ec2_requests_sum 2.0 1767322920000");
    }

    @Test
    void whatIsOlderThanPrometheusLooksBackIsNotShown() throws IOException {
        put("Requests", Map.of(), Unit.COUNT, 299, Aggregate.ofValue(1));
        put("Errors", Map.of(), Unit.COUNT, 301, Aggregate.ofValue(1));
        assertThat(samples("aws_ec2_requests_sum")).containsExactly("aws_ec2_requests_sum 1.0 1767322741000");
        assertThat(samples("aws_ec2_errors")).isEmpty();
    }

    @Test
    void streamsOfTheSameNameAndLabelsAreToldApart() throws IOException {
        put("Latency", Map.of(), Unit.SECONDS, 1, Aggregate.ofValue(1));
        put("Latency", Map.of(), Unit.MILLISECONDS, 1, Aggregate.ofValue(1000));
        put("latency", Map.of(), Unit.SECONDS, 1, Aggregate.ofValue(3));
        put("latency", Map.of("Zone", "a"), Unit.SECONDS, 1, Aggregate.ofValue(4));
        assertThat(samples("aws_ec2_latency_sum"))
                .containsExactly(
                        "aws_ec2_latency_sum{cloudwatch=\"AWS/EC2 Latency {} Milliseconds\",} 1000.0 1767323039000",
                        "aws_ec2_latency_sum{cloudwatch=\"AWS/EC2 Latency {} Seconds\",} 1.0 1767323039000",
                        "aws_ec2_latency_sum{cloudwatch=\"AWS/EC2 latency {} Seconds\",} 3.0 1767323039000",
                        "aws_ec2_latency_sum{zone=\"a\",} 4.0 1767323039000");
    }

    @Test
    void aFamilyOfTheMonitorsOwnIsNotShownTwice() throws IOException {
        put("Latency", Map.of(), Unit.SECONDS, 1, Aggregate.ofValue(1));
        assertThat(samples("aws_ec2", "aws_ec2_latency_sum")).isEmpty();
        assertThat(samples("cloudwatch_aws_ec2_latency_sum", "aws_ec2_latency_sum"))
                .containsExactly("cloudwatch_aws_ec2_latency_sum 1.0 1767323039000");
    }
}
