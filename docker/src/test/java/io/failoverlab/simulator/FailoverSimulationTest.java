package io.failoverlab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.simulator.FailoverSimulation.Result;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailoverSimulationTest {
    private static final int SEEDS = 60;
    /** Some mistakes show in a coincidence only. */
    private static final int RARE = 200;

    @Test
    void thereAreNeverTwoWritablePrimariesAndNoAcknowledgedWriteIsLost() {
        Result[] results = run(FailoverLab.REAL, SEEDS).toArray(Result[]::new);

        for (Result result : results) {
            assertThat(result.violation())
                    .as(() -> "seed " + result.seed() + ":\n" + tail(result.journal()))
                    .isEmpty();
        }
        int failovers = Stream.of(results).mapToInt(Result::failovers).sum();
        System.out.println(SEEDS + " simulated hours, " + failovers + " failovers, "
                + Stream.of(results).mapToInt(Result::faults).sum() + " faults");
        assertThat(failovers).isGreaterThan(SEEDS * 10);
    }

    @ParameterizedTest
    @EnumSource(value = FailoverLab.class, names = "REAL", mode = EnumSource.Mode.EXCLUDE)
    void aLabThatDoesItWronglyIsFoundOut(FailoverLab wrong) {
        assertThat(run(wrong, RARE).map(Result::violation).anyMatch(Optional::isPresent))
                .isTrue();
    }

    @Test
    void theSameSeedGivesTheSameJournal() {
        assertThat(FailoverSimulation.of(7).journal())
                .isEqualTo(FailoverSimulation.of(7).journal());
    }

    private static Stream<Result> run(FailoverLab lab, int seeds) {
        return LongStream.range(0, seeds).mapToObj(seed -> new FailoverSimulation(seed, lab).run());
    }

    private static String tail(String journal) {
        return journal.substring(Math.max(0, journal.length() - 3000));
    }
}
