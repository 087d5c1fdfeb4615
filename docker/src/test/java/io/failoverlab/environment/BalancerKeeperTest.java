package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerEvent;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerKeeperTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            die,   137, false, true
            die,   1,   false, true
            # a stop whose grace was over, or a reboot
            die,   137, true,  false
            die,   0,   true,  false
            # stopped past the lab
            die,   0,   false, false
            start, '',  false, false
            """)
    void onlyABalancerThatDiedUnaskedIsStartedAgain(String action, String exitCode, boolean toEnd, boolean again) {
        assertThat(BalancerKeeper.diedUnasked(new ContainerEvent("lb", action, exitCode, Instant.EPOCH), toEnd))
                .isEqualTo(again);
    }
}
