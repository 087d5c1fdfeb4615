package io.failoverlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
    private static Rates rates(String... lines) {
        List<RateStep> steps = new ArrayList<>();
        Stream.of(lines).forEach(line -> steps.addAll(Rates.parse(line, file -> List.of("5", "5", " 9 "))));
        return new Rates(steps);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300 for 20s                  | 300 for 20s                                           | 6000
            0 to 300 in 8s               | 0 to 300 in 8s                                        | 1200
            300 to 100 in 1m             | 300 to 100 in 1m                                      | 12000
            100 to 500 in 5 steps of 10s | 100 for 10s, 200 for 10s, 300 for 10s, 400 for 10s, 500 for 10s | 15000
            500 to 0 in 3 steps of 2s    | 500 for 2s, 250 for 2s, 0 for 2s                      | 1500
            spike 100 to 900 in 10s      | 100 to 900 in 5s, 900 to 100 in 5s                    | 5000
            replay rates.txt             | 5 for 2s, 9 for 1s                                    | 19
            """)
    void aCourseIsReadAndAddsUpToItsRequests(String written, String text, long requests) {
        Rates read = rates(written);

        assertThat(read).hasToString(text);
        assertThat(rates(text.split(", "))).isEqualTo(read);
        assertThat(read.due(read.length())).isEqualTo(requests);
        assertThat(read.due(read.length().plusHours(1))).isEqualTo(requests);
    }

    @Test
    void requestsAreDueStepByStep() {
        Rates read = rates("0 to 301 in 1s", "301 for 2s", "0 for 5s", "10 to 0 in 2s");

        assertThat(Stream.of(-1_000, 0, 500, 1_000, 2_000, 3_000, 8_000, 9_000, 10_000)
                        .map(millis -> read.due(Duration.ofMillis(millis))))
                // 150.5, 451.5 and 752.5 are cut off, and half a request is never lost on the way
                .containsExactly(0L, 0L, 37L, 150L, 451L, 752L, 752L, 760L, 762L);
    }

    @Test
    void theRateAtAMoment() {
        Rates read = rates("0 to 100 in 10s", "100 for 5s", "20 for 5s");

        assertThat(read.at(Duration.ofSeconds(5))).isEqualTo(50);
        assertThat(read.at(Duration.ofSeconds(10))).isEqualTo(100);
        assertThat(read.at(Duration.ofSeconds(19))).isEqualTo(20);
        assertThat(read.at(Duration.ofHours(1))).isEqualTo(20);
        assertThat(read.peak()).isEqualTo(100);
        assertThat(read.ramp()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read.isSteady()).isFalse();
        assertThat(rates("0 to 100 in 10s", "100 for 5s").isSteady()).isTrue();
        assertThat(rates("0 to 100 in 10s").isSteady()).isFalse();
        assertThat(rates("100 for 5s").isSteady()).isTrue();
    }

    @Test
    void anotherPeakKeepsTheCourse() {
        assertThat(rates("0 to 100 in 10s", "100 for 5s", "spike 50 to 80 in 4s")
                        .withPeak(300))
                .isEqualTo(rates("0 to 300 in 10s", "300 for 5s", "spike 150 to 240 in 4s"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300                        | expected a rate such as "300 for 20s"
            300 for                    | expected a rate such as
            20000 for 5s               | rate: expected 0 to 10000 requests a second, found 20000
            300 for 500ms              | expected whole seconds, 1 or more, found 500 ms
            0 to 300 in 11m            | ramp: expected at most 600 s, found 660 s
            1 to 5 in 1 steps of 5s    | expected 2 steps or more, found 1
            spike 1 to 9 in 5s         | expected an even number of seconds for a spike, found 5s
            """)
    void whatCannotBeARateIsRefused(String written, String message) {
        assertThatThrownBy(() -> rates(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aReplayNamesTheLineThatIsNoNumber() {
        assertThatThrownBy(() -> Rates.parse("replay black-friday.txt", file -> List.of("10", "ten")))
                .hasMessage(
                        "black-friday.txt line 2: expected the requests of one second, a whole number; found \"ten\"");
        assertThatThrownBy(() -> Rates.parse("replay x", file -> Collections.nCopies(3_601, "1")))
                .hasMessage("x: expected 1 to 3600 lines, one a second, found 3601");
    }

    @Test
    void aLoadOfNothingOrOfMoreThanADayIsNone() {
        assertThatThrownBy(() -> rates("0 for 5s")).hasMessageContaining("expected a rate of 1 or more at some time");
        assertThatThrownBy(() -> rates("1 for 24h", "2 for 1s"))
                .hasMessage("expected rates for at most 24 h, found 24h1s");
        assertThatThrownBy(() -> new Rates(List.of())).hasMessageContaining("at least one step");
    }

    @Test
    void aCourseOfManyStepsIsToldInShort() {
        Rates few = new Rates(Rates.parse("100 for 20s", file -> List.of()));
        Rates many = new Rates(Rates.parse(
                "replay rates.txt",
                file -> IntStream.range(0, 600)
                        .mapToObj(i -> Integer.toString(100 + i))
                        .toList()));

        assertThat(few.summary()).isEqualTo("100 for 20s");
        assertThat(many.summary())
                .isEqualTo("100 for 1s, 101 for 1s, 102 for 1s, … (600 steps, 100 to 699 a second, 10m)");
    }
}
