package io.failoverlab.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A concept as lines for people. */
public final class ConceptText {
    private static final String INDENT = "  ";
    private static final int GAP = 2;
    private static final int NARROWEST_COLUMN = 14;

    private final int width;
    private final UnaryOperator<String> heading;
    private final List<String> lines = new ArrayList<>();

    private ConceptText(int width, UnaryOperator<String> heading) {
        this.width = width;
        this.heading = heading;
    }

    /**
     * The lines of one.
     *
     * @param width in characters that no line exceeds, as far as words can be parted
     * @param heading what becomes of a heading, such as bold type
     */
    public static List<String> of(Concept concept, int width, UnaryOperator<String> heading) {
        ConceptText text = new ConceptText(width, heading);
        text.write(concept);
        return List.copyOf(text.lines);
    }

    private void write(Concept concept) {
        lines.add(heading.apply(concept.title()) + INDENT + "(" + concept.name() + ", "
                + concept.mirror().word() + ")");
        section("On AWS", concept.aws());
        if (!concept.numbers().isEmpty()) {
            numbers(concept.numbers());
        }
        section("Here", concept.here());
        section("Where it differs", concept.differs());
        if (!concept.commands().isEmpty()) {
            section("Try");
            concept.commands().forEach(command -> lines.add(INDENT + command));
        }
        section("Source", concept.source().page());
        lines.add(INDENT + concept.source().url());
    }

    private void section(String title) {
        lines.add("");
        lines.add(heading.apply(title));
    }

    private void section(String title, String text) {
        section(title);
        wrap(text, width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    }

    /** Three columns, each as wide as its longest entry, but for what there is no room for. */
    private void numbers(List<Concept.Quantity> numbers) {
        section("Numbers");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "AWS", "here"));
        numbers.forEach(it -> rows.add(List.of(it.of(), it.aws(), it.here())));
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            List<List<String>> cells = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                cells.add(wrap(row.get(column), widths[column]));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < height; line++) {
                StringBuilder text = new StringBuilder(INDENT);
                for (int column = 0; column < cells.size(); column++) {
                    List<String> cell = cells.get(column);
                    String part = line < cell.size() ? cell.get(line) : "";
                    text.append(part).append(" ".repeat(Math.max(0, widths[column] - part.length()) + GAP));
                }
                lines.add(text.toString().stripTrailing());
            }
        }
    }

    /** The widest column gives a character at a time until all fit. */
    private int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        int room = width - INDENT.length() - GAP * (widths.length - 1);
        while (sum(widths) > room) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= NARROWEST_COLUMN) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
