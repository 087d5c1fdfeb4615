package io.failoverlab.comparison;

import java.util.List;
import java.util.Locale;

/**
 * A comparison as a picture (SVG): a strip of time for each strike of each topology, as high as the share of the requests that
 * got what they asked for. It needs no colour to be read, and nothing from elsewhere.
 */
public final class ComparisonPicture {
    private static final int LABELS = 130;
    private static final int STRIP = 300;
    private static final int COSTS = 250;
    private static final int WIDTH = LABELS + STRIP + COSTS;
    private static final int ROW = 26;
    private static final int BAR = 18;
    private static final int HEADING = 30;
    private static final int BASELINE = 13;
    private static final int PERCENT = 100;

    private ComparisonPicture() {}

    public static String render(List<PatternDamage> patterns) {
        StringBuilder rows = new StringBuilder();
        int y = 8;
        for (PatternDamage pattern : patterns) {
            text(
                    rows,
                    0,
                    y + BASELINE,
                    "h",
                    pattern.topology().name() + "   served " + percent(pattern.measuredAvailability())
                            + ", single points of failure: " + spof(pattern));
            y += HEADING;
            for (Damage damage : pattern.damages()) {
                text(rows, 0, y + BASELINE, "l", damage.strike().name());
                strip(rows, y, damage.course());
                text(rows, LABELS + STRIP + 10, y + BASELINE, "l", cost(damage));
                y += ROW;
            }
            y += ROW / 2;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <style>.h{font-weight:bold;fill:#57606a}.l{fill:#57606a}.s{fill:#2da44e}.n{fill:#d1242f}</style>
                %s</svg>
                """.formatted(WIDTH, y, rows);
    }

    /** Served from below, lost from above; where there was no request there is a gap. */
    private static void strip(StringBuilder rows, int y, List<Damage.Moment> course) {
        double width = (double) STRIP / course.size();
        for (int i = 0; i < course.size(); i++) {
            Damage.Moment moment = course.get(i);
            long all = moment.served() + moment.lost();
            if (all > 0) {
                double served = (double) BAR * moment.served() / all;
                bar(rows, "s", LABELS + i * width, y + BAR - served, width, served);
                bar(rows, "n", LABELS + i * width, y, width, BAR - served);
            }
        }
    }

    private static void bar(StringBuilder rows, String style, double x, double y, double width, double height) {
        if (height > 0) {
            rows.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
                    style,
                    x,
                    y,
                    width,
                    height));
        }
    }

    private static void text(StringBuilder rows, int x, int y, String style, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        rows.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, escaped));
    }

    private static String cost(Damage damage) {
        return damage.lost() == 0 ? "nothing lost" : ComparisonText.lost(damage) + " lost";
    }

    private static String spof(PatternDamage pattern) {
        List<String> names = pattern.singlePointsOfFailure().stream()
                .map(damage -> damage.strike().where())
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", PERCENT * share);
    }
}
