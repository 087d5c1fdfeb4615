package io.failoverlab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    /** The whole is {@code lab bench simulation}. */
    @Test
    void fiftySimulatedHoursBreakNoRule() {
        SimulationSuite.Summary summary = SimulationSuite.run(Duration.ofHours(50), 1, 2);
        assertThat(summary.broken().map(it -> "seed " + it.seed() + ": " + it.violation() + "\n" + it.journal()))
                .isEmpty();
        assertThat(summary.simulated()).isGreaterThanOrEqualTo(Duration.ofHours(50));
        assertThat(summary.faults()).as("it is not quiet").isGreaterThan(500);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Simulation.Result first = Simulation.of(42);
        assertThat(Simulation.of(42).journal()).isEqualTo(first.journal());
        assertThat(first.journal().lines().count()).isGreaterThan(100);
        assertThat(Simulation.of(43).journal()).isNotEqualTo(first.journal());
    }

    /** A simulator that finds nothing may be blind. */
    @ParameterizedTest
    @EnumSource
    void aWrongControlPlaneIsFoundAndItsSeedReplays(WrongVariant wrong) {
        Simulation.Result found = firstBroken(wrong);
        assertThat(found.violation().orElseThrow().rule()).isEqualTo(wrong.rule());
        assertThat(new Simulation(found.seed(), wrong).run().journal())
                .isEqualTo(found.journal())
                .endsWith("BROKEN: " + found.violation().orElseThrow() + "\n");
    }

    private static Simulation.Result firstBroken(Variant variant) {
        for (long seed = 1; seed <= 60; seed++) {
            Simulation.Result result = new Simulation(seed, variant).run();
            if (result.violation().isPresent()) {
                return result;
            }
        }
        throw new AssertionError("expected " + variant + " to break a rule within 60 seeds, found none");
    }
}
