package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import java.security.SecureRandom;
import picocli.CommandLine.Option;

/** The option of the commands that may leave targets to chance. */
final class SeedOption {
    private static final int SEEDS = 1_000_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chooses the targets that are not named (default: by chance).")
    private Long seed;

    /** As given, or drawn once. */
    long get() {
        if (seed == null) {
            seed = (long) new SecureRandom().nextInt(SEEDS);
        }
        return seed;
    }

    /** For the command that repeats a run: the seed that chose; empty if nothing was left to chance. */
    static String asWritten(Experiment plan) {
        return plan.seed().isPresent() ? " --seed " + plan.seed().getAsLong() : "";
    }
}
