package io.failoverlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadProfileTest {
    private static final LoadTarget TARGET = new LoadTarget(URI.create("http://127.0.0.1:80"), "127.0.0.0/8");

    /** Ten seconds of ramp, five of warm-up, sixty in all. */
    private static LoadProfile profile(int rate) {
        return profile(Simulations.BROWSE_AND_ORDER, rate, 10_000, 5_000, 60_000, 0.2);
    }

    private static LoadProfile profile(
            Simulations simulation, int rate, long ramp, long warmUp, long duration, double orderShare) {
        return new LoadProfile(
                simulation,
                rate,
                Duration.ofMillis(ramp),
                Duration.ofMillis(warmUp),
                Duration.ofMillis(duration),
                orderShare,
                1,
                TARGET);
    }

    @ParameterizedTest
    @CsvSource({
        // half of the rate on average during the ramp, then the rate, then nothing more
        "-5_000, 0",
        "0, 0",
        "1_000, 15",
        "5_000, 375",
        "10_000, 1_500",
        "10_010, 1_503",
        "20_000, 4_500",
        "60_000, 16_500",
        "70_000, 16_500"
    })
    void requestsAreDueByRampAndRate(String elapsedMillis, String due) {
        Duration elapsed = Duration.ofMillis(Long.parseLong(elapsedMillis.replace("_", "")));

        assertThat(profile(300).due(elapsed)).isEqualTo(Long.parseLong(due.replace("_", "")));
    }

    @Test
    void withoutARampTheRateHoldsFromTheStart() {
        LoadProfile profile = profile(Simulations.BROWSE, 300, 0, 0, 60_000, 0);

        assertThat(profile.due(Duration.ofMillis(100))).isEqualTo(30);
        assertThat(profile.due(Duration.ofDays(1))).isEqualTo(18_000);
    }

    @Test
    void theLongestAndFastestLoadIsCountedExactly() {
        LoadProfile profile = profile(Simulations.BROWSE, 10_000, 600_000, 0, 86_400_000, 0);

        assertThat(profile.due(Duration.ofDays(1))).isEqualTo(3_000_000L + 10_000L * 85_800);
    }

    @Test
    void judgingStartsAfterRampAndWarmUpAndEndsWithTheSchedule() {
        Instant started = Instant.parse("2026-03-01T10:00:00.250Z");

        assertThat(profile(300).judgedFrom(started)).isEqualTo("2026-03-01T10:00:15.250Z");
        assertThat(profile(300).judgedUntil(started)).isEqualTo("2026-03-01T10:01:00.250Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        browse-and-order |     0 |  0 | 0 | 60000 | 0.2 | rate: expected 1 to 10000 requests a second, found 0
        browse-and-order |    -5 |  0 | 0 | 60000 | 0.2 | rate: expected 1 to 10000 requests a second, found -5
        browse-and-order | 10001 |  0 | 0 | 60000 | 0.2 | rate: expected 1 to 10000 requests a second, found 10001
        browse-and-order | 1 | -1000 | 0 | 60000 | 0.2 | ramp: expected whole seconds, 0 or more, found -1000 ms
        browse-and-order | 1 | 0 | 1500 | 60000 | 0.2 | warm-up: expected whole seconds, 0 or more, found 1500 ms
        browse-and-order | 1 | 601000 | 0 | 700000 | 0.2 | ramp: expected at most 600 s, found 601 s
        browse-and-order | 1 | 5000 | 5000 | 10000 | 0.2 | duration: expected more than ramp and warm-up together (10 s) and at most 24 h, found 10 s
        browse-and-order | 1 | 0 | 0 | 86401000 | 0.2 | duration: expected more than ramp and warm-up together (0 s) and at most 24 h, found 86401 s
        browse-and-order | 1 | 0 | 0 | 60000 | 1.5 | share of orders: expected 0 to 1, found 1.5
        browse-and-order | 1 | 0 | 0 | 60000 | NaN | share of orders: expected 0 to 1, found NaN
        browse | 1 | 0 | 0 | 60000 | 0.2 | share of orders: browse places no orders, so expected 0, found 0.2
        browse | 0 | 0 | 0 | 60000 | 2 | rate: expected 1 to 10000 requests a second, found 0; share of orders: expected 0 to 1, found 2.0
        """)
    void whatCannotBeRunIsRefusedWithTheValueFound(
            String simulation, int rate, long ramp, long warmUp, long duration, double orderShare, String message) {
        assertThatThrownBy(() -> profile(Simulations.named(simulation), rate, ramp, warmUp, duration, orderShare))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void pathsAreForApplicationsOfOnesOwnAlone() {
        assertThat(LoadProfile.problemsOf(Simulations.GET, List.of("/", "/a?b=c")))
                .isEmpty();
        assertThat(LoadProfile.problemsOf(Simulations.GET, List.of()))
                .containsExactly("paths: expected 1 to 20 for get, found 0");
        assertThat(LoadProfile.problemsOf(Simulations.BROWSE, List.of("/")))
                .containsExactly("paths: expected none for browse, found 1");
        assertThat(LoadProfile.problemsOf(Simulations.GET, List.of("index.html", "/#{x}")))
                .containsExactly(
                        "paths: expected a path such as /index.html, found \"index.html\"",
                        "paths: expected a path such as /index.html, found \"/#{x}\"");
    }

    @Test
    void anUnknownSimulationIsRefusedWithTheNearestName() {
        assertThat(Simulations.named("browse-and-order")).isEqualTo(Simulations.BROWSE_AND_ORDER);
        assertThatThrownBy(() -> Simulations.named("browse-and-oder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown simulation \"browse-and-oder\"; did you mean \"browse-and-order\"?");
        assertThatThrownBy(() -> Simulations.named("x"))
                .hasMessage("unknown simulation \"x\"; known: browse-and-order, browse-and-reprice, browse, get");
    }
}
