package io.failoverlab.comparison;

import io.failoverlab.verdict.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run or several of an experiment beside others: the medians, how they differ, and whether that says anything. Pure. */
public record RunComparison(List<Row> rows) {
    /** Whether a difference is more than what runs differ by anyway. */
    public enum Meaning {
        /** Both have a spread, and these have values in common. */
        WITHIN_THE_SPREAD("within the spread"),
        /** Both have a spread, and no value of the one lies in the other's. */
        BEYOND_THE_SPREAD("beyond the spread"),
        EQUAL("equal"),
        /** One run has no spread. */
        SPREAD_UNKNOWN("spread unknown: repeat it"),
        /** What runs without it would have shown is not among the values, so that these cannot be compared. */
        NOT_AS_OFTEN("not as often"),
        /** Only one of the two has the figure as a number. */
        NOT_IN_BOTH("not in both");

        private final String words;

        Meaning(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** One figure of both; at least one of them has it. */
    public record Row(Optional<FigureSpread> before, Optional<FigureSpread> after) {
        public FigureSpread either() {
            return before.or(() -> after).orElseThrow();
        }

        /** Median of the second less that of the first; none if it did not happen as often in both. */
        public OptionalDouble change() {
            boolean comparable = before.isPresent()
                    && after.isPresent()
                    && before.get().isAsOftenAs(after.get())
                    && !before.get().values().isEmpty();
            return comparable
                    ? OptionalDouble.of(after.get().median().getAsDouble()
                            - before.get().median().getAsDouble())
                    : OptionalDouble.empty();
        }

        public Meaning meaning() {
            if (before.isEmpty() || after.isEmpty()) {
                return Meaning.NOT_IN_BOTH;
            }
            if (!before.get().isAsOftenAs(after.get())) {
                return Meaning.NOT_AS_OFTEN;
            }
            List<Double> first = before.orElseThrow().values();
            List<Double> second = after.orElseThrow().values();
            if (first.equals(second)) {
                return Meaning.EQUAL;
            }
            if (first.size() < 2 || second.size() < 2) {
                return Meaning.SPREAD_UNKNOWN;
            }
            boolean apart = first.getLast() < second.getFirst() || second.getLast() < first.getFirst();
            return apart ? Meaning.BEYOND_THE_SPREAD : Meaning.WITHIN_THE_SPREAD;
        }

        private String meaningText() {
            return switch (meaning()) {
                case NOT_AS_OFTEN ->
                    (either().isTime() ? "happened in " : "measured in ")
                            + before.orElseThrow().share() + ", now in "
                            + after.orElseThrow().share();
                case WITHIN_THE_SPREAD, BEYOND_THE_SPREAD, EQUAL, SPREAD_UNKNOWN, NOT_IN_BOTH ->
                    meaning().toString();
            };
        }

        private String changeText() {
            if (change().isEmpty()) {
                return "";
            }
            double change = change().getAsDouble();
            double from = before.orElseThrow().median().getAsDouble();
            String size = (change < 0 ? "-" : "+") + either().text(Math.abs(change));
            return change == 0 || from == 0
                    ? size
                    : size + String.format(Locale.ROOT, " (%+.0f %%)", 100 * change / from);
        }
    }

    public RunComparison {
        rows = List.copyOf(rows);
    }

    /** Compares runs with earlier ones. */
    public static RunComparison of(List<Judgement> before, List<Judgement> after) {
        Map<String, FigureSpread> first = byName(before);
        Map<String, FigureSpread> second = byName(after);
        List<Row> rows = new ArrayList<>();
        first.forEach((name, spread) -> rows.add(new Row(Optional.of(spread), Optional.ofNullable(second.get(name)))));
        second.forEach((name, spread) -> {
            if (!first.containsKey(name)) {
                rows.add(new Row(Optional.empty(), Optional.of(spread)));
            }
        });
        return new RunComparison(rows);
    }

    private static Map<String, FigureSpread> byName(List<Judgement> judgements) {
        return FigureSpread.of(judgements).stream()
                .collect(Collectors.toMap(
                        FigureSpread::name, Function.identity(), (one, other) -> one, java.util.LinkedHashMap::new));
    }

    /** Rows of cells, the first of which are the columns' names. */
    public List<List<String>> table(String before, String after) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("FIGURE", before, after, "CHANGE", "MEANING"));
        rows.forEach(row -> table.add(List.of(
                row.either().title(),
                row.before().map(FigureSpread::text).orElse("-"),
                row.after().map(FigureSpread::text).orElse("-"),
                row.changeText(),
                row.meaningText())));
        return table;
    }
}
