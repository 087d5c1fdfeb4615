package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.simulation.LoadRecorder.Happening;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecondsTallyTest {
    /** Ten requests a second from 1000.5 to 1004.5 s, of which the first second is warm-up. */
    private final SecondsTally tally = new SecondsTally(
            new LoadProfile(
                    Simulations.BROWSE,
                    10,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(4),
                    0,
                    1,
                    new TargetPolicy(List.of(), InetAddress::getAllByName).check(URI.create("http://127.0.0.1:1"))),
            Instant.ofEpochMilli(1_000_500));

    @Test
    void aSecondCountsItsAnswersByNameStatusAndError() {
        answered("item", 1_002_000, 1_002_010, 200, "");
        answered("item", 1_001_500, 1_002_040, 200, "");
        answered("item", 1_002_900, 1_002_999, 502, "status.find.is(200), but actually found 502");
        answered("order", 1_002_100, 1_002_107, 0, "Premature close");
        answered("order", 1_002_800, 1_003_001, 201, "");
        started(1_002_000, 1_002_100);

        assertThat(tally.take(1002))
                .isEqualTo(new LoadSecond(
                        1002,
                        10,
                        2,
                        true,
                        List.of(
                                new RequestCount(
                                        "item",
                                        2,
                                        1,
                                        sorted(Map.of("200", 2L, "502", 1L)),
                                        sorted(Map.of(10L, 1L, 99L, 1L, 540L, 1L)),
                                        sorted(Map.of("status.find.is(200), but actually found 502", 1L))),
                                new RequestCount(
                                        "order",
                                        0,
                                        1,
                                        sorted(Map.of("none", 1L)),
                                        sorted(Map.of(7L, 1L)),
                                        sorted(Map.of("Premature close", 1L))))));
    }

    @Test
    void aSecondWithoutAnyAnswerIsStillASecond() {
        assertThat(tally.take(1002)).isEqualTo(new LoadSecond(1002, 10, 0, true, List.of()));
    }

    @Test
    void whatIsDueIsSharedOutOverTheSecondsOfTheClock() {
        assertThat(IntStream.range(999, 1006).mapToObj(tally::take).toList())
                .containsExactly(
                        new LoadSecond(999, 0, 0, false, List.of()),
                        new LoadSecond(1000, 5, 0, false, List.of()),
                        new LoadSecond(1001, 10, 0, false, List.of()),
                        new LoadSecond(1002, 10, 0, true, List.of()),
                        new LoadSecond(1003, 10, 0, true, List.of()),
                        new LoadSecond(1004, 5, 0, false, List.of()),
                        new LoadSecond(1005, 0, 0, false, List.of()));
    }

    @Test
    void aStalledGeneratorShowsInScheduledAgainstStarted() {
        // nothing for two seconds, then everything overdue in one burst, as after a SIGSTOP
        started(1_000_500, 1_000_600, 1_000_700, 1_000_800, 1_000_900);
        for (int i = 0; i < 30; i++) {
            started(1_003_001);
        }

        assertThat(IntStream.range(1000, 1004).mapToObj(tally::take).toList())
                .containsExactly(
                        new LoadSecond(1000, 5, 5, false, List.of()),
                        new LoadSecond(1001, 10, 0, false, List.of()),
                        new LoadSecond(1002, 10, 0, true, List.of()),
                        new LoadSecond(1003, 10, 30, true, List.of()));
    }

    @Test
    void whatIsHandedInLateCountsInTheNextSecond() {
        answered("item", 1_001_000, 1_001_500, 200, "");
        tally.take(1001);
        answered("item", 1_001_000, 1_001_998, 200, "");

        assertThat(tally.take(1002).ok()).isEqualTo(1);
        assertThat(tally.take(1003).ok()).isZero();
    }

    @Test
    void errorTextsWithAChangingPartAreCutOff() {
        answered("item", 1_002_000, 1_002_001, 0, "common");
        answered("item", 1_002_000, 1_002_001, 0, "common");
        for (int i = 10; i < 30; i++) {
            answered("item", 1_002_000, 1_002_001, 0, "error " + i);
        }

        Map<String, Long> errors = tally.take(1002).requests().getFirst().errors();

        List<String> kept = new ArrayList<>(List.of("common"));
        IntStream.range(10, 19).forEach(i -> kept.add("error " + i));
        kept.add("other");
        assertThat(errors).containsOnlyKeys(kept).containsEntry("common", 2L).containsEntry("other", 11L);
    }

    private void started(long... epochMillis) {
        for (long at : epochMillis) {
            tally.add(new Happening.Started(at));
        }
    }

    private void answered(String name, long start, long end, int status, String error) {
        tally.add(new Happening.Ended(new Answer(name, start, end, error.isEmpty(), status, error)));
    }

    private static <K> TreeMap<K, Long> sorted(Map<K, Long> map) {
        return new TreeMap<>(map);
    }
}
