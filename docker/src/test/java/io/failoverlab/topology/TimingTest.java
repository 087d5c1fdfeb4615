package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {
    private static final LoadBalancer LAB =
            TopologyFile.pattern("two-web-one-db").loadBalancer();

    @Test
    void theLabsClocksAreThoseOfTheTopology() {
        assertThat(LAB.withTiming(Timing.LAB)).isEqualTo(LAB);
    }

    @Test
    void awsClocksReplaceThemAndKeepWhatIsAskedAndTheRetryPolicy() {
        LoadBalancer aws = LAB.withTiming(new Timing(Timing.Clocks.AWS, 1));

        assertThat(aws.healthCheck())
                .hasToString("GET /healthz every 30s, timeout 5s, healthy after 5, unhealthy after 2, matcher 200");
        assertThat(aws.targetGroup().deregistrationDelay()).isEqualTo(Duration.ofSeconds(300));
        assertThat(aws.forwarding())
                .isEqualTo(new Forwarding(
                        Retry.IDEMPOTENT, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }

    @Test
    void aScaleDividesClocksButNoNetworkTimeout() {
        LoadBalancer scaled = LAB.withTiming(new Timing(Timing.Clocks.AWS, 100));

        assertThat(scaled.healthCheck())
                .hasToString("GET /healthz every 300ms, timeout 50ms, healthy after 5, unhealthy after 2, matcher 200");
        assertThat(scaled.targetGroup().deregistrationDelay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scaled.forwarding().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theClocksOfAGroupAreDividedButNotTheTimesOfItsScheduledActions() {
        AutoScaling lab = TopologyFile.parse("group.yaml", """
                        name: group
                        auto-scaling:
                          policies:
                            - {name: more, type: simple, adjustment: 1, cooldown: 2m}
                            - {name: fewer, type: simple, adjustment: -1}
                          lifecycle-hooks:
                            - {name: install, transition: launching}
                            - {name: save, transition: terminating, heartbeat-timeout: 1m}
                          schedule: [{name: rush, at: 30s, desired: 3}]
                        """).autoScaling().orElseThrow();
        AutoScaling scaled = lab.withTiming(new Timing(Timing.Clocks.AWS, 10));

        assertThat(lab.withTiming(Timing.LAB)).isEqualTo(lab);
        assertThat(lab.rules().hooks()).map(LifecycleHook::heartbeat).containsOnly(Duration.ofMinutes(1));
        assertThat(scaled.clocks().gracePeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(scaled.rules().hooks())
                .as("AWS's hour unless set")
                .map(LifecycleHook::heartbeat)
                .containsExactly(Duration.ofMinutes(6), Duration.ofSeconds(6));
        assertThat(scaled.rules().policies())
                .map(it -> ((ScalingPolicy.Simple) it).cooldown())
                .containsExactly(Optional.of(Duration.ofSeconds(12)), Optional.empty());
        assertThat(scaled.rules().schedule()).isEqualTo(lab.rules().schedule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS | 0   | expected a time scale from 1 to 100, found 0
            AWS | 101 | expected a time scale from 1 to 100, found 101
            LAB | 10  | expected a time scale only with AWS's clocks, found 10 with the lab's; add --timing aws
            """)
    void otherScalesAreRefused(Timing.Clocks clocks, int scale, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timing(clocks, scale))
                .withMessage(message);
    }
}
