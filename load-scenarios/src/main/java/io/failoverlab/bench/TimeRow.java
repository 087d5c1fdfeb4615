package io.failoverlab.bench;

import io.failoverlab.verdict.Percentile;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What one time came to over all trials with a fault. Pure.
 *
 * @param attempts trials, of which some may have given no figures
 * @param measured of it; empty where no trial gave figures
 * @param ratio of each trial to the script's median; empty for the script itself and where there is none
 * @param aim in words; empty if there is none
 * @param aimMet whether it is; an aim is met only by trials all of which gave figures
 */
record TimeRow(
        DatabaseFault fault,
        FailoverFigure figure,
        FailoverBy by,
        int attempts,
        Optional<Measured> measured,
        Optional<Spread> ratio,
        String aim,
        boolean aimMet) {
    private static final double MEDIAN_AIM_MS = 500;
    private static final double P95_AIM_MS = 1000;

    /**
     * What the trials with figures came to, in the figure's unit.
     *
     * @param p95 by nearest rank: of 20 trials the second largest
     */
    record Measured(Spread spread, double p95) {
        private static Optional<Measured> of(List<Double> values) {
            return values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Measured(
                            Spread.of(values),
                            Percentile.of(values.stream().sorted().toList(), 95)));
        }

        private boolean isAsAimed() {
            return spread.median() <= MEDIAN_AIM_MS && p95 <= P95_AIM_MS;
        }
    }

    /**
     * @param values of the trials that gave figures
     * @param script the script's, with the same fault
     */
    static TimeRow of(
            DatabaseFault fault,
            FailoverFigure figure,
            FailoverBy by,
            int attempts,
            List<Double> values,
            List<Double> script) {
        Optional<Measured> measured = Measured.of(values);
        boolean aimed = fault == DatabaseFault.KILL && figure == FailoverFigure.WRITES && by == FailoverBy.LAB;
        return new TimeRow(
                fault,
                figure,
                by,
                attempts,
                measured,
                by == FailoverBy.SCRIPT ? Optional.empty() : ratio(values, script),
                aimed ? "p50 <= " + Numbers.text(MEDIAN_AIM_MS) + ", p95 <= " + Numbers.text(P95_AIM_MS) : "",
                aimed
                        && attempts == values.size()
                        && measured.filter(Measured::isAsAimed).isPresent());
    }

    /** Whether it says anything: an aim is there, and missed, also where no trial gave figures. */
    boolean isWorthShowing() {
        return measured.isPresent() || !aim.isEmpty() && attempts > 0;
    }

    /** Trials that gave figures. */
    int count() {
        return measured.map(it -> it.spread().count()).orElse(0);
    }

    private static Optional<Spread> ratio(List<Double> values, List<Double> script) {
        if (values.isEmpty() || script.isEmpty() || Spread.of(script).median() <= 0) {
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
                count() == attempts ? Integer.toString(attempts) : count() + " of " + attempts,
                cell(it -> it.spread().min()),
                cell(it -> it.spread().median()),
                cell(Measured::p95),
                cell(it -> it.spread().max()),
                ratio.map(it -> Numbers.text(it.median()) + " (" + Numbers.text(it.min()) + "-" + Numbers.text(it.max())
                                + ")")
                        .orElse("-"),
                aim.isEmpty() ? "" : aim + ": " + (aimMet ? "met" : "missed"));
    }

    private String cell(ToDoubleFunction<Measured> number) {
        return measured.map(it -> Numbers.text(number.applyAsDouble(it))).orElse("-");
    }
}
