package io.failoverlab.comparison;

import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure over several runs of the same experiment.
 *
 * @param name as in {@code verdict.json}
 * @param title for people
 * @param isTime the values are milliseconds; else they are counts
 * @param values in ascending order, of the runs that have one: a reaction that never came is none
 * @param runs all of them
 */
public record FigureSpread(String name, String title, boolean isTime, List<Double> values, int runs) {
    public FigureSpread {
        values = values.stream().sorted().toList();
    }

    /** Every figure that is a number in one of the runs, or could have happened, in the order in which reports show them. */
    public static List<FigureSpread> of(List<Judgement> judgements) {
        Map<String, List<CheckResult>> byName = new LinkedHashMap<>();
        judgements.stream()
                .flatMap(judgement -> judgement.results().stream())
                .sorted(java.util.Comparator.comparing(CheckResult::figure))
                .forEach(result -> byName.computeIfAbsent(result.name(), name -> new ArrayList<>())
                        .add(result));
        List<FigureSpread> spreads = new ArrayList<>();
        byName.forEach((name, results) -> {
            List<Double> values = results.stream()
                    .map(CheckResult::measured)
                    .map(FigureSpread::number)
                    .flatMap(Optional::stream)
                    .toList();
            boolean time = results.stream().anyMatch(result -> isTime(result.measured()));
            if (time || !values.isEmpty()) {
                spreads.add(new FigureSpread(name, results.getFirst().title(), time, values, judgements.size()));
            }
        });
        return spreads;
    }

    /** Also one that did not come. */
    private static boolean isTime(Measurement measurement) {
        return switch (measurement) {
            case Measurement.Time time -> true;
            case Measurement.Never never -> true;
            case Measurement.Degraded degraded -> true;
            case Measurement.Count count -> false;
            case Measurement.Shares shares -> false;
            case Measurement.State state -> false;
            case Measurement.Missing missing -> false;
        };
    }

    private static Optional<Double> number(Measurement measurement) {
        return switch (measurement) {
            case Measurement.Count(long value) -> Optional.of((double) value);
            case Measurement.Time(Duration value) -> Optional.of((double) value.toMillis());
            case Measurement.Never never -> Optional.empty();
            case Measurement.Degraded degraded -> Optional.empty();
            case Measurement.Shares shares -> Optional.empty();
            case Measurement.State state -> Optional.empty();
            case Measurement.Missing missing -> Optional.empty();
        };
    }

    public OptionalDouble median() {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        int middle = values.size() / 2;
        return OptionalDouble.of(
                values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2);
    }

    /** {@code 1 of 10}: of how many of the runs it has a value. */
    String share() {
        return values.size() + " of " + runs;
    }

    /** Whether the same share of the runs has a value: only then do the values say how they differ. */
    boolean isAsOftenAs(FigureSpread other) {
        return (long) values.size() * other.runs == (long) other.values.size() * runs;
    }

    /** {@code 204 ms}, {@code 204 ms (180 ms to 310 ms)}; with how many runs have a value where not all do. */
    public String text() {
        if (values.isEmpty()) {
            return "never";
        }
        String median = text(median().getAsDouble());
        String range = values.size() == 1 ? "" : " (" + text(values.getFirst()) + " to " + text(values.getLast()) + ")";
        return median + range + (values.size() == runs ? "" : ", " + share() + " runs");
    }

    /** A value of it, as reports write it. */
    public String text(double value) {
        return isTime
                ? Wording.time(Duration.ofMillis(Math.round(value)))
                : value == Math.rint(value) ? Wording.count((long) value) : Double.toString(value);
    }

    /** The spread as rows of a table with a head. */
    public static List<List<String>> table(List<FigureSpread> spreads) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("FIGURE", "MIN", "MEDIAN", "MAX", "RUNS"));
        for (FigureSpread spread : spreads) {
            List<Double> values = spread.values();
            rows.add(
                    values.isEmpty()
                            ? List.of(spread.title(), "-", "-", "-", spread.share())
                            : List.of(
                                    spread.title(),
                                    spread.text(values.getFirst()),
                                    spread.text(spread.median().getAsDouble()),
                                    spread.text(values.getLast()),
                                    spread.share()));
        }
        return rows;
    }
}
