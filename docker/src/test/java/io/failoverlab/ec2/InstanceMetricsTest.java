package io.failoverlab.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Monitoring;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstanceMetricsTest {
    private static final Instant T0 = Instant.parse("2026-11-24T02:00:00.500Z");
    private static final ContainerUsage.Memory MEMORY = new ContainerUsage.Memory(1000, 500, OptionalLong.empty());

    private final InstanceMetrics metrics = metrics(InstanceType.M5_LARGE, Monitoring.BASIC);

    private static InstanceMetrics metrics(InstanceType type, Monitoring monitoring) {
        return new InstanceMetrics(Watched.instance("i-a", type, "ami-1", monitoring), 0.5);
    }

    @Test
    void countersBecomeDifferencesAndCpuAShareOfWhatTheTypeGrants() {
        metrics.read(usage(0, 0, new ContainerUsage.Network(100, 200, 3, 4), new ContainerUsage.Disk(4096, 512, 1, 1)));

        assertThat(lines(metrics.read(usage(
                        1,
                        250_000_000,
                        new ContainerUsage.Network(1100, 700, 13, 9),
                        new ContainerUsage.Disk(12288, 1024, 3, 2)))))
                .containsExactly(
                        "CPUUtilization 50.0 Percent {InstanceId=i-a} MEAN of 300 s",
                        "NetworkIn 1000.0 Bytes {InstanceId=i-a} SUM of 300 s",
                        "NetworkOut 500.0 Bytes {InstanceId=i-a} SUM of 300 s",
                        "NetworkPacketsIn 10.0 Count {InstanceId=i-a} SUM of 300 s",
                        "NetworkPacketsOut 5.0 Count {InstanceId=i-a} SUM of 300 s",
                        "DiskReadOps 2.0 Count {InstanceId=i-a} SUM of 300 s",
                        "DiskWriteOps 1.0 Count {InstanceId=i-a} SUM of 300 s",
                        "DiskReadBytes 8192.0 Bytes {InstanceId=i-a} SUM of 300 s",
                        "DiskWriteBytes 512.0 Bytes {InstanceId=i-a} SUM of 300 s");
    }

    @Test
    void theFirstReadingAndOneAfterARestartGiveNothing() {
        assertThat(metrics.read(usage(0, 900, null, null))).isEmpty();
        assertThat(metrics.read(usage(1, 10, null, null))).isEmpty();
        assertThat(metrics.read(usage(2, 20, null, null))).isNotEmpty();
    }

    @Test
    void withoutANetworkOrDiskCountersThereAreNoSuchMetrics() {
        metrics.read(usage(0, 0, new ContainerUsage.Network(100, 200, 3, 4), null));

        assertThat(metrics.read(usage(1, 10, null, null)))
                .extracting(Measurement::name)
                .containsExactly("CPUUtilization");
    }

    @Test
    void countersOfANetworkBeginAnewWhenTheInstanceJoinsIt() {
        metrics.read(usage(0, 0, new ContainerUsage.Network(100, 200, 3, 4), null));

        assertThat(lines(metrics.read(usage(1, 10, new ContainerUsage.Network(50, 20, 2, 1), null))))
                .contains("NetworkIn 50.0 Bytes {InstanceId=i-a} SUM of 300 s");
    }

    @Test
    void detailedMonitoringIsAMinuteAndAddsTypeAndImageButPacketsStayAtFive() {
        InstanceMetrics detailed = metrics(InstanceType.M5_LARGE, Monitoring.DETAILED);
        detailed.read(usage(0, 0, new ContainerUsage.Network(0, 0, 0, 0), null));

        assertThat(lines(detailed.read(usage(1, 0, new ContainerUsage.Network(0, 0, 0, 0), null))))
                .filteredOn(line -> line.startsWith("CPU") || line.startsWith("NetworkPacketsIn"))
                .containsExactly(
                        "CPUUtilization 0.0 Percent {InstanceId=i-a} MEAN of 60 s",
                        "CPUUtilization 0.0 Percent {InstanceType=m5.large} MEAN of 60 s",
                        "CPUUtilization 0.0 Percent {ImageId=ami-1} MEAN of 60 s",
                        "NetworkPacketsIn 0.0 Count {InstanceId=i-a} SUM of 300 s",
                        "NetworkPacketsIn 0.0 Count {InstanceType=m5.large} SUM of 300 s",
                        "NetworkPacketsIn 0.0 Count {ImageId=ami-1} SUM of 300 s");
    }

    @Test
    void aBurstableTypeKeepsItsCredits() {
        InstanceMetrics burstable = metrics(InstanceType.T2_MICRO, Monitoring.BASIC);
        burstable.read(usage(0, 0, null, null));

        // 60 s at all of the half core that stands for its vCPU: a credit spent, a tenth of one earned.
        assertThat(lines(burstable.read(usage(60, 30_000_000_000L, null, null))))
                .containsExactly(
                        "CPUUtilization 100.0 Percent {InstanceId=i-a} MEAN of 300 s",
                        "CPUCreditUsage 1.0 Count {InstanceId=i-a} SUM of 300 s",
                        "CPUCreditBalance 0.0 Count {InstanceId=i-a} LAST of 300 s",
                        "CPUSurplusCreditBalance 0.9 Count {InstanceId=i-a} LAST of 300 s",
                        "CPUSurplusCreditsCharged 0.0 Count {InstanceId=i-a} SUM of 300 s");
    }

    @Test
    void statusChecksTellSystemAndInstanceApartAndComeEveryMinute() {
        InstanceMetrics ofGroup = new InstanceMetrics(
                Watched.instance("i-a", InstanceType.M5_LARGE, "ami-1", Monitoring.DETAILED)
                        .inGroup("web"),
                0.5);

        assertThat(lines(ofGroup.statusChecks(T0, StatusChecks.FROZEN)))
                .containsExactly(
                        "StatusCheckFailed 1.0 Count {InstanceId=i-a} LAST of 60 s",
                        "StatusCheckFailed_Instance 1.0 Count {InstanceId=i-a} LAST of 60 s",
                        "StatusCheckFailed_System 0.0 Count {InstanceId=i-a} LAST of 60 s",
                        "StatusCheckFailed 1.0 Count {AutoScalingGroupName=web} LAST of 60 s",
                        "StatusCheckFailed_Instance 1.0 Count {AutoScalingGroupName=web} LAST of 60 s",
                        "StatusCheckFailed_System 0.0 Count {AutoScalingGroupName=web} LAST of 60 s");
        assertThat(ofGroup.statusChecks(T0, StatusChecks.PASSED))
                .allMatch(it -> it.at().equals(Instant.parse("2026-11-24T02:00:00Z")))
                .allMatch(it -> it.values().equals(List.of(0.0)));
    }

    private static ContainerUsage usage(
            int seconds, long cpuNanos, ContainerUsage.Network network, ContainerUsage.Disk disk) {
        return new ContainerUsage(
                T0.plusSeconds(seconds), cpuNanos, MEMORY, Optional.ofNullable(network), Optional.ofNullable(disk));
    }

    private static Stream<String> lines(List<Measurement> measurements) {
        return measurements.stream().map(it -> {
            assertThat(it.namespace()).isEqualTo("AWS/EC2");
            return it.name() + " " + it.values().getFirst() + " " + it.unit() + " " + new TreeMap<>(it.dimensions())
                    + " " + it.cadence().merge() + " of " + it.cadence().every().toSeconds() + " s";
        });
    }
}
