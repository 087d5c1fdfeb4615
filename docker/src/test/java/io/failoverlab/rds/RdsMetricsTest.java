package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Cadence;
import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RdsMetricsTest {
    private static final Instant T0 = Instant.parse("2026-11-24T02:00:00.500Z");

    private final RdsMetrics one = new RdsMetrics(List.of(Map.of("DBInstanceIdentifier", "db-1")));
    private final StatusMetrics status = new StatusMetrics(one);
    private final ServerMetrics server = new ServerMetrics(one, 0.5);

    @Test
    void everyMetricIsPublishedForInstanceClassAndEngineOnceAMinute() {
        List<Measurement> found = new ArrayList<>();
        RdsMetrics.of("db-1", "db.t3.small").gauge(found, "CPUUtilization", "Percent", T0, 5);

        assertThat(found)
                .containsExactly(
                        cpu(Map.of("DBInstanceIdentifier", "db-1")),
                        cpu(Map.of("DatabaseClass", "db.t3.small")),
                        cpu(Map.of("EngineName", "mysql")));
    }

    private static Measurement cpu(Map<String, String> dimensions) {
        return Measurement.of(
                        "AWS/RDS", "CPUUtilization", dimensions, "Percent", Instant.parse("2026-11-24T02:00:00Z"), 5)
                .withCadence(new Cadence(Duration.ofMinutes(1), Cadence.Merge.MEAN));
    }

    @Test
    void theServersCountersBecomeRates() {
        server.read(usage(0, 0, new ContainerUsage.Network(1000, 2000, 0, 0)));

        assertThat(lines(server.read(usage(2, 500_000_000, new ContainerUsage.Network(5000, 4000, 0, 0)))))
                .containsExactly(
                        "CPUUtilization 50.0 Percent",
                        "FreeableMemory 700.0 Bytes",
                        "SwapUsage 3.0 Bytes",
                        "NetworkReceiveThroughput 2000.0 Bytes/Second",
                        "NetworkTransmitThroughput 1000.0 Bytes/Second");
    }

    @Test
    void aRestartOfTheServerAndOfItsNetworkGiveNoRates() {
        server.read(usage(0, 900, new ContainerUsage.Network(1000, 2000, 0, 0)));
        assertThat(server.read(usage(1, 10, new ContainerUsage.Network(0, 0, 0, 0))))
                .isEmpty();
        server.read(usage(2, 20, new ContainerUsage.Network(1000, 2000, 0, 0)));
        assertThat(server.read(usage(3, 30, new ContainerUsage.Network(10, 20, 0, 0))))
                .extracting(Measurement::name)
                .doesNotContain("NetworkReceiveThroughput", "NetworkTransmitThroughput")
                .contains("CPUUtilization");
    }

    @Test
    void theEnginesCountersBecomeRatesAndTheLabsOwnConnectionIsNotCounted() {
        status.read(reading(0, 100, new StatusMetrics.FileTimes(10, 1_000_000, 20, 4_000_000)));

        Map<String, Long> later = new HashMap<>(values(102));
        later.put("Connections", 57L);
        later.put("Innodb_data_reads", 30L);
        later.put("Innodb_data_read", 17_384L);
        later.put("Innodb_data_writes", 140L);
        later.put("Innodb_data_written", 67_536L);
        later.put("Innodb_data_pending_fsyncs", 2L);
        assertThat(lines(status.read(new StatusMetrics.Reading(
                        T0.plusSeconds(2),
                        later,
                        Optional.of(new StatusMetrics.FileTimes(14, 8_001_000_000L, 20, 4_000_000))))))
                .containsExactly(
                        "DatabaseConnections 10.0 Count",
                        "DiskQueueDepth 2.0 Count",
                        "ConnectionAttempts 7.0 Count",
                        "ReadIOPS 10.0 Count/Second",
                        "WriteIOPS 20.0 Count/Second",
                        "ReadThroughput 500.0 Bytes/Second",
                        "WriteThroughput 1000.0 Bytes/Second",
                        // 8 ms in 4 operations; nothing was written.
                        "ReadLatency 0.002 Seconds");
    }

    @Test
    void aRestartOfTheEngineOrALostConnectionGivesNoDifferences() {
        status.read(reading(0, 100, null));
        assertThat(status.read(reading(1, 0, null)))
                .extracting(Measurement::name)
                .doesNotContain("ReadIOPS");
        assertThat(status.read(reading(2, 1, null)))
                .extracting(Measurement::name)
                .contains("ReadIOPS");
        status.forget();
        assertThat(status.read(reading(3, 2, null)))
                .extracting(Measurement::name)
                .containsExactly("DatabaseConnections", "DiskQueueDepth");
    }

    private static StatusMetrics.Reading reading(int second, long uptime, StatusMetrics.FileTimes files) {
        return new StatusMetrics.Reading(T0.plusSeconds(second), values(uptime), Optional.ofNullable(files));
    }

    private static Map<String, Long> values(long uptime) {
        return Map.of(
                "Uptime", uptime,
                "Threads_connected", 11L,
                "Connections", 50L,
                "Innodb_data_reads", 10L,
                "Innodb_data_read", 16_384L,
                "Innodb_data_writes", 100L,
                "Innodb_data_written", 65_536L);
    }

    private static ContainerUsage usage(int seconds, long cpuNanos, ContainerUsage.Network network) {
        return new ContainerUsage(
                T0.plusSeconds(seconds),
                cpuNanos,
                new ContainerUsage.Memory(1000, 300, OptionalLong.of(3)),
                Optional.of(network),
                Optional.empty());
    }

    private static Stream<String> lines(List<Measurement> measurements) {
        return measurements.stream().map(it -> it.name() + " " + it.values().getFirst() + " " + it.unit());
    }
}
