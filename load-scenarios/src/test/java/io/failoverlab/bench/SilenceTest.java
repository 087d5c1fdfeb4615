package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Instant FAULT = Instant.parse("2026-01-01T00:00:03Z");
    private static final Instant END = FAULT.plusMillis(1000);

    @Test
    void itLastsFromOneGoodAnswerToTheNextWhateverTheirOrder() {
        assertThat(longest(good(900), good(-10), good(400), good(700)))
                .as("from 10 ms before the fault to 400 ms after it")
                .isEqualTo(Duration.ofMillis(410));
        assertThat(longest(good(-10), good(50), good(450), good(800), good(990)))
                .as("a later one may be longer")
                .isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void failedAnswersEndNoSilenceAndWhatWasBeforeTheFaultIsNone() {
        assertThat(longest(good(-2000), good(-5), failed(100), failed(200), good(500), good(995)))
                .isEqualTo(Duration.ofMillis(505));
    }

    @Test
    void anAnswerCountsWhenItIsThereNotWhenItWasSent() {
        Answer slow = new Answer(FAULT.minusMillis(20), Duration.ofMillis(320), Duration.ZERO, Optional.empty(), 201);

        assertThat(longest(good(-10), slow, good(600), good(900))).isEqualTo(Duration.ofMillis(310));
    }

    @Test
    void aSilenceThatLastsToTheEndOfTheLoadHasNoLength() {
        assertThatThrownBy(() -> longest(good(-10), good(200)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected answers again before the load ended, found none in its last 800 ms");
        assertThatThrownBy(() -> longest(good(-10), failed(999))).isInstanceOf(IllegalStateException.class);
    }

    private static Duration longest(Answer... answers) {
        return Silence.longest(List.of(answers), FAULT, END);
    }

    private static Answer good(long endedAfterFault) {
        return answer(endedAfterFault, 201);
    }

    private static Answer failed(long endedAfterFault) {
        return answer(endedAfterFault, 503);
    }

    private static Answer answer(long endedAfterFault, int status) {
        return new Answer(
                FAULT.plusMillis(endedAfterFault - 4), Duration.ofMillis(4), Duration.ZERO, Optional.empty(), status);
    }
}
