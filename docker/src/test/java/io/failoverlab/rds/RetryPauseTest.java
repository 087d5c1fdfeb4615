package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPauseTest {
    private static final Instant START = Instant.parse("2026-11-28T05:00:00Z");

    @Test
    void eachFailureInARowDoublesThePauseUpToSixTimes() {
        assertThat(attemptsWithin(Duration.ofSeconds(1300), Duration.ofSeconds(5)))
                .containsExactly(0L, 5L, 15L, 35L, 75L, 155L, 315L, 635L, 955L, 1275L);
    }

    @Test
    void withoutAPauseEveryChanceIsTaken() {
        assertThat(attemptsWithin(Duration.ofSeconds(3), Duration.ZERO)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aReasonIsToldOnceAndAgainOnceItChangesOrItWorkedMeanwhile() {
        RetryPause pause = new RetryPause(Duration.ZERO);
        assertThat(pause.failed("no room", START)).isTrue();
        assertThat(pause.failed("no room", START)).isFalse();
        assertThat(pause.failed("no right", START)).isTrue();
        assertThat(pause.failed("no right", START)).isFalse();
        pause.succeeded();
        assertThat(pause.failed("no right", START)).isTrue();
    }

    @Test
    void afterASuccessThePauseBeginsAnew() {
        RetryPause pause = new RetryPause(Duration.ofSeconds(5));
        pause.failed("no room", START);
        pause.failed("no room", START);
        pause.succeeded();
        assertThat(pause.isOver(START)).isTrue();
        pause.failed("no room", START);
        assertThat(pause.isOver(START.plusSeconds(4))).isFalse();
        assertThat(pause.isOver(START.plusSeconds(5))).isTrue();
    }

    /** At which seconds something that always fails is tried, if there is a chance every second. */
    private static List<Long> attemptsWithin(Duration time, Duration first) {
        RetryPause pause = new RetryPause(first);
        List<Long> attempts = new ArrayList<>();
        for (long second = 0; second < time.toSeconds(); second++) {
            Instant now = START.plusSeconds(second);
            if (pause.isOver(now)) {
                attempts.add(second);
                pause.failed("no room", now);
            }
        }
        return attempts;
    }
}
