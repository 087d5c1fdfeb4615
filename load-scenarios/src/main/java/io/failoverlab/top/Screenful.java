package io.failoverlab.top;

import io.failoverlab.top.StackView.AlarmRow;
import io.failoverlab.top.StackView.DatabaseRow;
import io.failoverlab.top.StackView.EventRow;
import io.failoverlab.top.StackView.Rates;
import io.failoverlab.top.StackView.TargetRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A view as the lines of a screen. The lines are as long as they have to be: cutting them is for who knows how wide a character is.
 * What there is no room for gives way in this order: old events, alarms that are OK, databases, targets.
 */
final class Screenful {
    private static final int LEAST_ROWS = 2;
    private static final int PAGE = 60;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BARS = "._-:=+*#";
    private static final String LAST_LINE = "q quits";

    /** A part of the screen, its titles first. */
    private record Section(List<List<String>> rows) {
        int size() {
            return rows.size() - 1;
        }
    }

    private final StackView view;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private Screenful(StackView view, Ink ink) {
        this.view = view;
        this.ink = ink;
    }

    /**
     * The lines of a screen, with how to leave it.
     *
     * @param height in lines that there are
     */
    static List<String> of(StackView view, int height, Ink ink) {
        Screenful screen = new Screenful(view, ink);
        screen.write(Math.max(0, height - 1));
        List<String> lines =
                new ArrayList<>(screen.lines.subList(0, Math.min(screen.lines.size(), Math.max(0, height - 1))));
        while (lines.size() < height - 1) {
            lines.add("");
        }
        lines.add(ink.of(Tone.UNKNOWN, LAST_LINE));
        return List.copyOf(lines);
    }

    /** For paper: all that does not fill more than a page. */
    static List<String> whole(StackView view, Ink ink) {
        Screenful screen = new Screenful(view, ink);
        screen.write(PAGE);
        return List.copyOf(screen.lines);
    }

    private void write(int height) {
        lines.add(ink.shape(view.tone()) + " " + ink.bold(ink.plain(view.summary())));
        lines.add(view.freshness().word() + ", " + view.freshness().text());
        lines.add(rates());
        if (view.rates().clientRequests().isPresent()) {
            lines.add(clientRates());
        }
        lines.add("last minute " + bars(view.requestsOfLastMinute()));
        List<Section> sections = List.of(targets(), databases(), alarms(), events());
        int[] shown = shares(sections, height - lines.size());
        for (int i = 0; i < shown.length; i++) {
            print(sections.get(i), shown[i]);
        }
    }

    /** How many rows each section gets: the last ones give way first, to some rows and then as a whole. */
    private static int[] shares(List<Section> sections, int room) {
        int[] shown = sections.stream().mapToInt(Section::size).toArray();
        for (int least : new int[] {LEAST_ROWS, 0}) {
            for (int section = shown.length - 1; section >= 0; section--) {
                int over = height(shown) - room;
                if (over > 0) {
                    shown[section] = Math.max(Math.min(least, shown[section]), shown[section] - over);
                }
            }
        }
        return shown;
    }

    /** With the blank line and the titles of each section that is shown. */
    private static int height(int[] shown) {
        return Arrays.stream(shown)
                .filter(rows -> rows > 0)
                .map(rows -> rows + 2)
                .sum();
    }

    private void print(Section section, int shown) {
        if (shown == 0) {
            return;
        }
        lines.add("");
        int left = section.size() - shown;
        List<List<String>> rows = section.rows().subList(0, 1 + shown);
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                text.append(cell);
                if (column < row.size() - 1) {
                    text.append(" ".repeat(widths[column] - width(cell) + 2));
                }
            }
            String line = text.toString().stripTrailing();
            lines.add(row == rows.getFirst() ? ink.bold(line + (left > 0 ? "  (" + left + " more)" : "")) : line);
        }
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return widths;
    }

    /** Without what only colours it. */
    private static int width(String cell) {
        String seen = cell.replaceAll("\u001b\\[[0-9;]*m", "");
        return seen.codePointCount(0, seen.length());
    }

    private Section targets() {
        return section(List.of("TARGET", "", "STATE", "ZONE", "CPU", "SINCE", "WHY"), view.targets(), this::row);
    }

    private List<String> row(TargetRow it) {
        return List.of(
                ink.plain(it.name()),
                ink.shape(it.tone()),
                ink.of(it.tone(), ink.plain(it.word())),
                ink.plain(it.zone()),
                percent(it.cpu()),
                it.since(),
                ink.plain(it.instance().isEmpty() ? it.reason() : it.instance() + "  " + it.reason()));
    }

    private Section databases() {
        return section(
                List.of("DATABASE", "", "STATE", "ZONE", "CPU", "CONNECTIONS", "REPLICATION"),
                view.databases(),
                this::row);
    }

    private List<String> row(DatabaseRow it) {
        return List.of(
                ink.plain(it.name()),
                ink.shape(it.tone()),
                ink.of(it.tone(), ink.plain(it.state())),
                ink.plain(it.zone()),
                percent(it.cpu()),
                number(it.connections()),
                it.replication());
    }

    private Section alarms() {
        return section(List.of("ALARM", "", "STATE", "SINCE", "WHY"), view.alarms(), this::row);
    }

    private List<String> row(AlarmRow it) {
        return List.of(
                ink.plain(it.name()),
                ink.shape(it.tone()),
                ink.of(it.tone(), it.word()),
                it.since(),
                ink.plain(it.reason()));
    }

    private Section events() {
        return section(List.of("EVENT", "", "", ""), view.events(), this::row);
    }

    private List<String> row(EventRow it) {
        return List.of(it.time(), ink.shape(it.tone()), ink.plain(it.type()), ink.plain(it.text()));
    }

    private static <T> Section section(List<String> titles, List<T> all, Function<T, List<String>> row) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(titles);
        all.forEach(each -> rows.add(row.apply(each)));
        return new Section(rows);
    }

    private String rates() {
        Rates rates = view.rates();
        return ink.plain((view.balancer().isEmpty() ? "balancer" : view.balancer())
                + "  requests/s " + number(rates.requests())
                + "  ELB 5XX/s " + number(rates.elb5xx())
                + "  target 5XX/s " + number(rates.target5xx())
                + "  p50 " + milliseconds(rates.p50())
                + "  p99 " + milliseconds(rates.p99())
                + "  hosts " + number(rates.healthyHosts()) + " healthy, " + number(rates.unhealthyHosts())
                + " unhealthy");
    }

    private String clientRates() {
        Rates rates = view.rates();
        return ink.plain("client  requests/s " + number(rates.clientRequests())
                + "  errors/s " + number(rates.clientErrors())
                + "  p50 " + milliseconds(rates.clientP50())
                + "  p99 " + milliseconds(rates.clientP99()));
    }

    /** A bar for each second; a gap where nothing is known. */
    private String bars(double[] values) {
        String bars = ink.ascii() ? ASCII_BARS : BARS;
        double most = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            int height = most == 0 ? 0 : (int) Math.ceil(value / most * bars.length()) - 1;
            text.append(Double.isNaN(value) ? ' ' : bars.charAt(Math.max(0, height)));
        }
        return text + "  most " + number(OptionalDouble.of(most)) + "/s";
    }

    /** Three significant digits where there is a fraction, a dash where there is no value. */
    static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        double size = Math.abs(number);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%,." + digits + "f", number);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String milliseconds(OptionalDouble value) {
        return value.isEmpty() ? "-" : number(value) + " ms";
    }

    private static String percent(OptionalDouble value) {
        return value.isEmpty() ? "-" : number(value) + " %";
    }
}
