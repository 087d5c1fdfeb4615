package io.failoverlab.comparison;

import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison in rows of text, to be set in columns. */
public final class ComparisonText {
    private static final int STATED_DIGITS = 4;
    private static final int MEASURED_DIGITS = 2;

    private ComparisonText() {}

    /** One row a strike, under a heading. */
    public static List<List<String>> strikes(List<PatternDamage> patterns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "TOPOLOGY",
                "STRIKE",
                "LOST",
                "READS BACK AFTER",
                "WRITES BACK AFTER",
                "WRITES LOST OR DOUBLED",
                "WITHOUT IT"));
        for (PatternDamage pattern : patterns) {
            for (Damage damage : pattern.damages()) {
                rows.add(List.of(
                        pattern.topology().name(),
                        damage.strike().name(),
                        lost(damage),
                        figure(damage, Figure.READS_OUTAGE),
                        figure(damage, Figure.WRITES_OUTAGE),
                        writes(damage),
                        without(damage)));
            }
        }
        return rows;
    }

    /** One row a kind of standby, under a heading. */
    public static List<List<String>> redundancies(List<RedundancyDamage> standbys) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "STANDBY",
                "STRIKE",
                "READS BACK AFTER",
                "WRITES BACK AFTER",
                "ACKNOWLEDGED WRITES LOST",
                "REQUESTS LOST"));
        for (RedundancyDamage each : standbys) {
            Damage damage = each.damage();
            rows.add(List.of(
                    each.standby().label(),
                    damage.strike().name(),
                    figure(damage, Figure.READS_OUTAGE),
                    figure(damage, Figure.WRITES_OUTAGE),
                    figure(damage, Figure.WRITES_LOST),
                    lost(damage)));
        }
        return rows;
    }

    /** One row a topology, under a heading. */
    public static List<List<String>> summary(List<PatternDamage> patterns, StatedAvailability stated) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "TOPOLOGY", "SERVED", "BY FORMULA", "A YEAR, BY FORMULA", "SINGLE POINTS OF FAILURE", "BY FORMULA"));
        for (PatternDamage pattern : patterns) {
            rows.add(List.of(
                    pattern.topology().name(),
                    percent(pattern.measuredAvailability(), MEASURED_DIGITS),
                    percent(pattern.foretoldAvailability(), MEASURED_DIGITS),
                    percent(pattern.statedAvailability(stated), STATED_DIGITS),
                    names(pattern.singlePointsOfFailure().stream()
                            .map(damage -> damage.strike().where())
                            .toList()),
                    names(pattern.foretoldSinglePointsOfFailure())));
        }
        return rows;
    }

    /** What the formulas are made of, and what of the runs is not to be trusted. */
    public static List<String> notes(List<PatternDamage> patterns, StatedAvailability stated) {
        List<String> notes = new ArrayList<>();
        patterns.forEach(pattern -> notes.add(pattern.topology().name() + ": " + pattern.formula()));
        notes.add("a year: lb %s, each web server %s, each database %s (stated, not measured)"
                .formatted(
                        percent(stated.balancer(), MEASURED_DIGITS),
                        percent(stated.web(), MEASURED_DIGITS),
                        percent(stated.database(), MEASURED_DIGITS)));
        patterns.forEach(pattern -> notes.addAll(doubts(pattern)));
        return notes;
    }

    /** What of its runs is not to be trusted, a line each. */
    public static List<String> doubts(PatternDamage pattern) {
        return pattern.damages().stream()
                .flatMap(damage -> damage.doubts().stream()
                        .map(doubt -> "not to be trusted: " + damage.strike().name() + " in "
                                + pattern.topology().name() + ": " + doubt))
                .toList();
    }

    static String lost(Damage damage) {
        return Wording.count(damage.lost()) + " of " + Wording.count(damage.judged());
    }

    private static String figure(Damage damage, Figure figure) {
        Measurement measured = damage.figures().get(figure);
        return measured == null ? "not measured" : measured.text();
    }

    private static String writes(Damage damage) {
        return damage.figures().get(Figure.WRITES_LOST) instanceof Measurement.Count
                ? Wording.count(damage.wrongWrites())
                : "not measured";
    }

    private static String without(Damage damage) {
        if (!damage.strike().ofOnePart()) {
            return "-";
        }
        return damage.dead().isEmpty()
                ? "served"
                : damage.dead().stream()
                        .sorted()
                        .map(Damage.Kind::toString)
                        .collect(Collectors.joining(" and ", "no ", ""));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }
}
