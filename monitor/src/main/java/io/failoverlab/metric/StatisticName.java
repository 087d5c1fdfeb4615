package io.failoverlab.metric;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of extended statistics. */
final class StatisticName {
    private static final String PERCENT = "(?:100(?:\\.0{1,10})?|\\d{1,2}(?:\\.\\d{1,10})?)";
    private static final String NUMBER = "\\d{1,110}(?:\\.\\d{1,10})?";

    /** Like {@code p99.9} or {@code tm90}. */
    private static final Pattern SHORT = Pattern.compile("(p|tm|tc|ts|wm)(" + PERCENT + ")");

    private static final Pattern PERCENTS =
            Pattern.compile("(TM|TC|TS|WM)\\((?:(" + PERCENT + ")%)?:(?:(" + PERCENT + ")%)?\\)");
    private static final Pattern VALUES = Pattern.compile("(TM|TC|TS|WM|PR)\\((" + NUMBER + ")?:(" + NUMBER + ")?\\)");

    private StatisticName() {}

    static Optional<Statistic.Extended> parse(String name) {
        if (name.equals("IQM")) {
            return Optional.of(new Statistic.Trimmed(Statistic.Measure.TM, new Bounds.Percents(25, 75), name));
        }
        Matcher single = SHORT.matcher(name);
        if (single.matches()) {
            return single.group(1).equals("p")
                    ? Optional.of(new Statistic.Percentile(new BigDecimal(single.group(2)), name))
                    : trimmed(single.group(1), new Bounds.Percents(0, number(single.group(2), 100)), name);
        }
        Matcher percents = PERCENTS.matcher(name);
        if (percents.matches()) {
            return between(percents, 0, 100)
                    .flatMap(range -> trimmed(percents.group(1), new Bounds.Percents(range[0], range[1]), name));
        }
        Matcher values = VALUES.matcher(name);
        if (values.matches()) {
            return between(values, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                    .flatMap(range -> trimmed(values.group(1), new Bounds.Values(range[0], range[1]), name));
        }
        return Optional.empty();
    }

    private static Optional<Statistic.Extended> trimmed(String measure, Bounds bounds, String name) {
        return Optional.of(
                new Statistic.Trimmed(Statistic.Measure.valueOf(measure.toUpperCase(Locale.ROOT)), bounds, name));
    }

    /** Empty if neither bound is given, or they are not ascending. */
    private static Optional<double[]> between(Matcher matcher, double lowest, double highest) {
        double lower = number(matcher.group(2), lowest);
        double upper = number(matcher.group(3), highest);
        boolean any = matcher.group(2) != null || matcher.group(3) != null;
        return any && lower < upper ? Optional.of(new double[] {lower, upper}) : Optional.empty();
    }

    private static double number(String text, double otherwise) {
        return text == null ? otherwise : Double.parseDouble(text);
    }
}
