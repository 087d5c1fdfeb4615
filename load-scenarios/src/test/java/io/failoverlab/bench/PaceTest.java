package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pace PACE = new Pace(START, 76, Duration.ofSeconds(37));

    @Test
    void beforeTheFirstEndsItGoesByWhatIsExpected() {
        assertThat(PACE.left(0, START.plusSeconds(20))).isEqualTo(Duration.ofSeconds(76 * 37));
    }

    @Test
    void thenByWhatTheStepsTook() {
        assertThat(PACE.text(4, START.plusSeconds(160))).isEqualTo("4 of 76, 48 min left");
        assertThat(PACE.text(76, START.plusSeconds(3000))).isEqualTo("76 of 76, 0 min left");
    }

    @Test
    void minutesAreRoundedUp() {
        assertThat(Pace.minutes(Duration.ofSeconds(61))).isEqualTo("2 min");
    }
}
