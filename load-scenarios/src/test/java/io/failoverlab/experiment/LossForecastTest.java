package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Pause;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossForecastTest {
    private static final Timing AWS = new Timing(Timing.Clocks.AWS, 1);
    private static final Timing TENTH = new Timing(Timing.Clocks.AWS, 10);

    @Test
    void aKillCostsTheShareOfTheTargetUntilTwoChecksHaveTimedOut() {
        // 200 a second, half of them, for 12 s + 30 s + 5 s
        LossForecast forecast = forecast(AWS, Retry.ALB, new Kill()).orElseThrow();

        assertThat(forecast.outOfService(Duration.ofSeconds(12))).isEqualTo(Duration.ofSeconds(47));
        assertThat(forecast.lost(Duration.ofSeconds(12))).isEqualTo(4700);
        assertThat(forecast.reckoning("web-1a", Duration.ofSeconds(12)))
                .isEqualTo("4700 requests = 200 a second x 1/2 to web-1a x (12.00 s to its next health check"
                        + " + 1 x 30s interval + 5s until a check fails)");
    }

    @Test
    void theScaleDividesHealthChecksAndSoTheLoss() {
        LossForecast forecast = forecast(TENTH, Retry.ALB, new Kill()).orElseThrow();

        assertThat(forecast.lost(Duration.ofMillis(1200))).isEqualTo(470);
        assertThat(forecast.inAdvance("web-1a"))
                .isEqualTo("forecast: web-1a costs 350 to 650 requests, 500 on average: 200 a second x 1/2 to web-1a"
                        + " x (0 to 3s to its next health check + 1 x 3s interval + 500ms until a check fails)");
    }

    @Test
    void aDeadProcessRefusesSoThatItsChecksFailAtOnce() {
        assertThat(forecast(TENTH, Retry.ALB, new KillProcess()).orElseThrow().lost(Duration.ofMillis(1200)))
                .isEqualTo(420);
    }

    @Test
    void nothingIsForecastWhereRequestsAreRepeatedOrFaultsKnownAtOnceOrAnswersOnlyLate() {
        assertThat(forecast(TENTH, Retry.IDEMPOTENT, new Kill())).isEmpty();
        assertThat(forecast(TENTH, Retry.NONE, new Kill())).isEmpty();
        assertThat(forecast(Timing.LAB, Retry.ALB, new Kill())).isEmpty();
        assertThat(forecast(TENTH, Retry.ALB, new Pause())).isEmpty();
    }

    /** An Auto Scaling group knows of a dead instance before its health checks do; of a dead process it does not. */
    @Test
    void nothingIsForecastWhereAGroupReplacesWhatDies() {
        Topology topology = TopologyFile.named("two-web-one-db");
        Topology grouped = topology.withLoadBalancer(
                        topology.loadBalancer().withRetry(Retry.ALB).withTiming(TENTH))
                .withAutoScaling(AutoScaling.of(2, 2, 4));

        assertThat(LossForecast.of(grouped, 200, new Kill())).isEmpty();
        assertThat(LossForecast.of(grouped, 200, new KillProcess())).isPresent();
    }

    private static Optional<LossForecast> forecast(Timing timing, Retry retry, Fault fault) {
        Topology topology = TopologyFile.named("two-web-one-db");
        return LossForecast.of(
                topology.withLoadBalancer(
                        topology.loadBalancer().withRetry(retry).withTiming(timing)),
                200,
                fault);
    }
}
