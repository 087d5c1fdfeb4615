package io.failoverlab.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsCadenceTest {
    private static final Instant T0 = Instant.parse("2026-11-24T02:00:00Z");
    private static final Map<String, String> INSTANCE = Map.of("InstanceId", "i-a");

    private final List<Measurement> published = new ArrayList<>();
    private final Telemetry monitor = new Telemetry() {
        @Override
        public void measured(List<Measurement> measurements) {
            published.addAll(measurements);
        }

        @Override
        public void happened(StackEvent event) {}
    };

    @Test
    void aMinuteOfAMeanIsOneSampleDatedAtItsBegin() {
        AwsCadence aws = new AwsCadence(monitor, 1);
        for (int second = 0; second < 62; second++) {
            aws.measured(List.of(cpu(second, second < 30 ? 0 : 100, 60)));
        }

        assertThat(awsOnly()).isEmpty();
        aws.measured(List.of(cpu(62, 100, 60)));
        assertThat(awsOnly())
                .containsExactly(Measurement.of("AWS/EC2", "CPUUtilization", INSTANCE, "Percent", T0, 50)
                        .withCadence(Cadence.everyMinute(Cadence.Merge.MEAN)));
    }

    @Test
    void besideItEverySecondIsInTheLabsOwnNamespace() {
        new AwsCadence(monitor, 1).measured(List.of(cpu(0, 12, 300)));

        assertThat(published)
                .containsExactly(Measurement.of("FailoverLab/EC2", "CPUUtilization", INSTANCE, "Percent", T0, 12));
    }

    @Test
    void basicMonitoringIsSeenAfterFiveMinutesAndDetailedAfterOne() {
        AwsCadence aws = new AwsCadence(monitor, 1);
        for (int second = 0; second < 302; second++) {
            aws.measured(List.of(
                    cpu(second, 1, 60),
                    Measurement.of("AWS/EC2", "NetworkIn", INSTANCE, "Bytes", T0.plusSeconds(second), 2)
                            .withCadence(Cadence.everyFiveMinutes(Cadence.Merge.SUM))));
        }
        assertThat(awsOnly()).hasSize(4).allMatch(it -> it.name().equals("CPUUtilization"));

        aws.measured(List.of(cpu(302, 1, 60)));
        assertThat(awsOnly())
                .hasSize(6)
                .contains(Measurement.of("AWS/EC2", "NetworkIn", INSTANCE, "Bytes", T0, 600)
                        .withCadence(Cadence.everyFiveMinutes(Cadence.Merge.SUM)));
    }

    @Test
    void requestsStaySamplesAndACheckIsTheLastOne() {
        AwsCadence aws = new AwsCadence(monitor, 1);
        for (int second = 0; second < 60; second++) {
            aws.measured(List.of(
                    new Measurement(
                            "AWS/ApplicationELB",
                            "RequestCount",
                            Map.of(),
                            "Count",
                            T0.plusSeconds(second),
                            List.of(1.0),
                            List.of(3.0),
                            Cadence.everyMinute(Cadence.Merge.SAMPLES)),
                    check(second, second == 59 ? 0 : 1)));
        }
        aws.measured(List.of(check(62, 0)));

        assertThat(awsOnly())
                .extracting(Measurement::name, Measurement::values, Measurement::counts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("RequestCount", List.of(1.0), List.of(180.0)),
                        org.assertj.core.groups.Tuple.tuple("StatusCheckFailed", List.of(0.0), List.of(1.0)));
    }

    @Test
    void whatComesLateMakesAnotherDatapointOfItsTime() {
        AwsCadence aws = new AwsCadence(monitor, 1);
        aws.measured(List.of(cpu(59, 10, 60)));
        aws.measured(List.of(cpu(62, 10, 60)));
        aws.measured(List.of(cpu(59, 30, 60)));

        assertThat(awsOnly())
                .extracting(Measurement::at, Measurement::values)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(T0, List.of(10.0)),
                        org.assertj.core.groups.Tuple.tuple(T0, List.of(30.0)));
    }

    @Test
    void theTimeScaleDividesAwsTimes() {
        AwsCadence aws = new AwsCadence(monitor, 10);
        for (int second = 0; second < 33; second++) {
            aws.measured(List.of(cpu(second, 1, 300)));
        }

        assertThat(awsOnly())
                .containsExactly(Measurement.of("AWS/EC2", "CPUUtilization", INSTANCE, "Percent", T0, 1)
                        .withCadence(new Cadence(Duration.ofSeconds(30), Cadence.Merge.MEAN)));
    }

    @Test
    void byTheLabsClocksEverySecondHasAwsName() {
        new LabCadence(monitor).measured(List.of(cpu(0, 12, 300)));

        assertThat(published).containsExactly(Measurement.of("AWS/EC2", "CPUUtilization", INSTANCE, "Percent", T0, 12));
    }

    private static Measurement cpu(int second, double percent, int every) {
        return Measurement.of("AWS/EC2", "CPUUtilization", INSTANCE, "Percent", T0.plusSeconds(second), percent)
                .withCadence(new Cadence(Duration.ofSeconds(every), Cadence.Merge.MEAN));
    }

    private static Measurement check(int second, double failed) {
        return Measurement.of("AWS/EC2", "StatusCheckFailed", INSTANCE, "Count", T0.plusSeconds(second), failed)
                .withCadence(Cadence.everyMinute(Cadence.Merge.LAST));
    }

    private List<Measurement> awsOnly() {
        return published.stream()
                .filter(it -> it.namespace().startsWith("AWS/"))
                .toList();
    }
}
