package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static void assertRefused(String message, ThrowingCallable size) {
        assertThatThrownBy(size).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void sizesThatCannotBeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertRefused("expected 1 to 1,000 kills, found 0", () -> new Sizes.Killing(0));
        assertRefused(
                "expected 20 to 100,000 series of each target, found 19",
                () -> new Sizes.Scraping(5, 19, second, second));
        assertRefused(
                "expected at least a second to measure the cost of scraping, found PT0.5S",
                () -> new Sizes.Scraping(5, 20, second, Duration.ofMillis(500)));
        assertRefused("expected 1 to 64 clients, found 65", () -> new Sizes.Putting(65, second));
        assertRefused(
                "expected at least a minute, and at most 100,800 datapoints in all, found 500 series of 202 minutes",
                () -> new Sizes.Reading(500, 202, 1));
        assertRefused("expected 1 to 1,000 rounds, found 0", () -> new Sizes.Evaluating(1, 0));
    }
}
