package io.failoverlab.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.failoverlab.topology.InstanceType;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the table of the EC2 User Guide, "CPU credits and baseline utilization for burstable performance instances". */
class CpuCreditsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Offset<Double> EXACT = within(1e-6);

    @ParameterizedTest
    @CsvSource({
        "T2_MICRO, 6, 144, 10",
        "T2_SMALL, 12, 288, 20",
        "T2_MEDIUM, 24, 576, 20",
        "T3_MICRO, 12, 288, 10",
        "T3_SMALL, 24, 576, 20",
        "T3_MEDIUM, 24, 576, 20"
    })
    void anIdleInstanceEarnsUpToADayAndOneAtItsBaselineKeepsItsBalance(
            InstanceType type, double anHour, double most, double baseline) {
        CpuCredits credits = CpuCredits.of(type).orElseThrow();

        assertThat(pass(credits, 60, 0).balance()).isCloseTo(anHour, EXACT);
        assertThat(pass(credits, 48 * 60, 0).balance()).isCloseTo(most, EXACT);
        assertThat(pass(credits, 24 * 60, baseline).balance()).isCloseTo(most, EXACT);
    }

    @Test
    void whatIsSpentBeyondTheBalanceIsSurplusAndIsPaidBackByWhatIsEarned() {
        CpuCredits credits = CpuCredits.of(InstanceType.T2_MICRO).orElseThrow();

        // Ten minutes at full speed spend ten credits and earn one.
        CpuCredits.Reading busy = pass(credits, 10, 100);
        assertThat(busy.used()).isCloseTo(1, EXACT);
        assertThat(busy.balance()).isZero();
        assertThat(busy.surplus()).isCloseTo(9, EXACT);

        // Nine credits take ninety minutes.
        assertThat(pass(credits, 89, 0).surplus()).isCloseTo(0.1, EXACT);
        assertThat(pass(credits, 1, 0).balance()).isCloseTo(0, EXACT);
        assertThat(pass(credits, 10, 0).balance()).isCloseTo(1, EXACT);
    }

    @Test
    void surplusBeyondADaysEarningsIsCharged() {
        CpuCredits credits = CpuCredits.of(InstanceType.T2_MICRO).orElseThrow();

        // 0.9 credits a minute: 144 are reached in 160 minutes.
        assertThat(pass(credits, 160, 100).charged()).isCloseTo(0, EXACT);
        CpuCredits.Reading beyond = pass(credits, 1, 100);
        assertThat(beyond.surplus()).isCloseTo(144, EXACT);
        assertThat(beyond.charged()).isCloseTo(0.9, EXACT);
    }

    @Test
    void anInstanceOfConstantSpeedHasNone() {
        assertThat(CpuCredits.of(InstanceType.M5_LARGE)).isEmpty();
    }

    private static CpuCredits.Reading pass(CpuCredits credits, int minutes, double percent) {
        CpuCredits.Reading last = null;
        for (int i = 0; i < minutes; i++) {
            last = credits.add(MINUTE, percent);
        }
        return last;
    }
}
