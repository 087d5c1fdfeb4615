package io.failoverlab.bench;

import io.failoverlab.verdict.Percentile;
import java.util.List;
import java.util.Optional;

/**
 * What one time came to over all trials with a fault. Pure.
 *
 * @param attempts trials, of which some may have given no figures
 * @param spread of it, in the figure's unit
 * @param p95 by nearest rank: of 20 trials the second largest
 * @param ratio of each trial to the script's median; empty for the script itself and where there is none
 * @param aim in words; empty if there is none
 * @param aimMet whether it is; an aim is met only by trials all of which gave figures
 */
record TimeRow(
        DatabaseFault fault,
        FailoverFigure figure,
        FailoverBy by,
        int attempts,
        Spread spread,
        double p95,
        Optional<Spread> ratio,
        String aim,
        boolean aimMet) {
    private static final double MEDIAN_AIM_MS = 500;
    private static final double P95_AIM_MS = 1000;

    /**
     * @param values of at least one trial
     * @param script the script's, with the same fault
     */
    static TimeRow of(
            DatabaseFault fault,
            FailoverFigure figure,
            FailoverBy by,
            int attempts,
            List<Double> values,
            List<Double> script) {
        Spread spread = Spread.of(values);
        double p95 = Percentile.of(values.stream().sorted().toList(), 95);
        boolean aimed = fault == DatabaseFault.KILL && figure == FailoverFigure.WRITES && by == FailoverBy.LAB;
        return new TimeRow(
                fault,
                figure,
                by,
                attempts,
                spread,
                p95,
                by == FailoverBy.SCRIPT ? Optional.empty() : ratio(values, script),
                aimed ? "p50 <= " + Numbers.text(MEDIAN_AIM_MS) + ", p95 <= " + Numbers.text(P95_AIM_MS) : "",
                aimed && attempts == spread.count() && spread.median() <= MEDIAN_AIM_MS && p95 <= P95_AIM_MS);
    }

    private static Optional<Spread> ratio(List<Double> values, List<Double> script) {
        if (script.isEmpty() || Spread.of(script).median() <= 0) {
            return Optional.empty();
        }
        double divisor = Spread.of(script).median();
        return Optional.of(
                Spread.of(values.stream().map(value -> value / divisor).toList()));
    }

    /** One row of the table. */
    List<String> row() {
        return List.of(
                fault.word(),
                figure.title() + ", " + figure.unit(),
                by.title(),
                spread.count() == attempts ? Integer.toString(attempts) : spread.count() + " of " + attempts,
                Numbers.text(spread.min()),
                Numbers.text(spread.median()),
                Numbers.text(p95),
                Numbers.text(spread.max()),
                ratio.map(it -> Numbers.text(it.median()) + " (" + Numbers.text(it.min()) + "-" + Numbers.text(it.max())
                                + ")")
                        .orElse("-"),
                aim.isEmpty() ? "" : aim + ": " + (aimMet ? "met" : "missed"));
    }
}
