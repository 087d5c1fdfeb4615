package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancerPlanTest {
    @Test
    void everyPeerHasItsTrialsForEachFaultAndEachMix() {
        BalancerBench.Plan plan = new BalancerBench.Plan(
                List.of(Disturbance.KILL, Disturbance.PAUSE),
                List.of(Mix.GET, Mix.ORDERS),
                10,
                3,
                300,
                Duration.ofSeconds(33),
                false);

        assertThat(plan.trials()).isEqualTo(2 * 2 * (10 + 3 * 3));
        assertThat(plan.each()).isEqualTo(Duration.ofMillis(37_500));
    }
}
