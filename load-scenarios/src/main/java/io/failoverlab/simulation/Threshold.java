package io.failoverlab.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a load has to keep to: {@code p99<500ms}, {@code errors<0.1%}, {@code rate>=295/s}, … */
public final class Threshold {
    private static final Pattern TEXT =
            Pattern.compile("\\s*(\\w+)\\s*(<=|>=|<|>)\\s*(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(%|/s|ms|s)?\\s*");
    private static final String EXAMPLES = "p50, p95, p99 or max with ms or s (p99<500ms), errors with or without % "
            + "(errors<0.1%, errors<=3), rate with /s (rate>=295/s), requests (requests>=1000)";

    private final String expression;
    private final Quantity quantity;
    private final Comparison comparison;
    private final double bound;

    private Threshold(String expression, Quantity quantity, Comparison comparison, double bound) {
        this.expression = expression;
        this.quantity = quantity;
        this.comparison = comparison;
        this.bound = bound;
    }

    /**
     * A threshold and what became of it.
     *
     * @param value what was measured, with its unit
     */
    public record Result(String expression, String value, boolean passed) {

        /** One line each, in columns: expression, value, pass or FAIL. */
        public static List<String> lines(List<Result> results) {
            int expressions = width(results.stream().map(Result::expression).toList());
            int values = width(results.stream().map(Result::value).toList());
            String form = "%-" + expressions + "s  %" + values + "s  %s";
            return results.stream()
                    .map(result -> String.format(
                            Locale.ROOT, form, result.expression(), result.value(), result.passed() ? "pass" : "FAIL"))
                    .toList();
        }

        private static int width(List<String> cells) {
            return cells.stream().mapToInt(String::length).max().orElse(1);
        }
    }

    /** @throws IllegalArgumentException if the text is not a threshold; the message has the forms that are */
    public static Threshold parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw refused(text);
        }
        String unit = parts.group(4) == null ? "" : parts.group(4);
        Quantity quantity = Arrays.stream(Quantity.values())
                .filter(candidate -> candidate.word.equals(parts.group(1)) && candidate.unit.accepts(unit))
                .findFirst()
                .orElseThrow(() -> refused(text));
        double bound = Double.parseDouble(parts.group(3)) * (unit.equals("s") ? Unit.MILLIS_OF_SECOND : 1);
        return new Threshold(text.strip(), quantity, Comparison.of(parts.group(2)), bound);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("threshold: expected " + EXAMPLES + ", found \"" + text + '"');
    }

    /** Fails where there was no request, whatever the threshold: nothing was seen that could pass. */
    public Result check(LoadSummary summary) {
        if (summary.requests() == 0) {
            return new Result(expression, "no requests", false);
        }
        double value = quantity.of.applyAsDouble(summary);
        return new Result(expression, quantity.unit.print(value), comparison.holds(value, bound));
    }

    @Override
    public String toString() {
        return expression;
    }

    private enum Unit {
        TIME(List.of("ms", "s"), "%.0f ms"),
        PERCENT(List.of("%"), "%.3f %%"),
        COUNT(List.of(""), "%.0f"),
        RATE(List.of("/s", ""), "%.1f/s");

        static final double MILLIS_OF_SECOND = 1000;

        private final List<String> names;
        private final String form;

        Unit(List<String> names, String form) {
            this.names = names;
            this.form = form;
        }

        boolean accepts(String name) {
            return names.contains(name);
        }

        String print(double value) {
            return String.format(Locale.ROOT, form, value);
        }
    }

    private enum Quantity {
        P50("p50", Unit.TIME, summary -> summary.p50().toMillis()),
        P95("p95", Unit.TIME, summary -> summary.p95().toMillis()),
        P99("p99", Unit.TIME, summary -> summary.p99().toMillis()),
        MAX("max", Unit.TIME, summary -> summary.max().toMillis()),
        ERROR_SHARE("errors", Unit.PERCENT, LoadSummary::errorPercent),
        ERRORS("errors", Unit.COUNT, LoadSummary::ko),
        RATE("rate", Unit.RATE, LoadSummary::rate),
        REQUESTS("requests", Unit.COUNT, LoadSummary::requests);

        private final String word;
        private final Unit unit;
        private final ToDoubleFunction<LoadSummary> of;

        Quantity(String word, Unit unit, ToDoubleFunction<LoadSummary> of) {
            this.word = word;
            this.unit = unit;
            this.of = of;
        }
    }

    private enum Comparison {
        BELOW("<"),
        AT_MOST("<="),
        ABOVE(">"),
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        static Comparison of(String sign) {
            return Arrays.stream(values())
                    .filter(comparison -> comparison.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }

        boolean holds(double value, double bound) {
            return switch (this) {
                case BELOW -> value < bound;
                case AT_MOST -> value <= bound;
                case ABOVE -> value > bound;
                case AT_LEAST -> value >= bound;
            };
        }
    }
}
