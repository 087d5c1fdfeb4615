package io.failoverlab.verdict;

import io.failoverlab.document.Nearest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One expectation as it is written: the name of a figure, in words or with dashes, then its condition.
 *
 * <pre>
 * requests lost = 0
 * p99 during &lt; 250 ms
 * alarm web-1a-down within 2 s
 * recovered within 10 s
 * acknowledged writes lost = 0
 * experiment completed
 * </pre>
 *
 * @param name of the figure, with its subject if it has one: {@code alarm web-1a-down}
 * @param condition what {@link Expectations#parse} takes for it
 */
public record Expectation(String name, String condition) {
    /** What an expression is called in messages. */
    public static final String FORM = "an expectation such as \"requests lost = 0\" or \"recovered within 10 s\"";

    /** Where the condition begins, if the name before it is not known. */
    private static final Pattern HEAD =
            Pattern.compile("(.*?)\\s*(?:[<>=].*|within\\b.*|happens\\b.*|does not happen\\b.*|at worst\\b.*)?");

    /** What people say instead of a figure's own name. */
    private static final Map<String, Figure> ALSO =
            Map.of("acknowledged writes lost", Figure.WRITES_LOST, "writes stored twice", Figure.WRITES_DUPLICATED);

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with what was expected, if it cannot be understood
     */
    public static Expectation parse(String expression) {
        String text = expression.strip().replaceAll("\\s+", " ");
        Map<String, Figure> names = names();
        String name = names.keySet().stream()
                .filter(it -> begins(text, it))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> unknown(text));
        Figure figure = names.get(name);
        String rest = text.substring(name.length()).strip();
        Expectation read = figure.ofSubject() ? ofSubject(figure, rest) : new Expectation(figure.key(), rest);
        if (read.condition().isEmpty()) {
            throw new IllegalArgumentException("expected a condition after \"" + name + "\", such as = 0, < 250 ms,"
                    + " within 2 s or does not happen; found none");
        }
        try {
            Expectations.parse(Map.of(read.name(), read.condition()));
        } catch (InvalidExpectationsException refused) {
            throw new IllegalArgumentException(refused.problems().getFirst(), refused);
        }
        return read;
    }

    /** A regular expression (ECMA 262, as JSON Schema has it) that such sentences match, for editors: less strict than reading. */
    public static String pattern() {
        return "^\\s*(" + String.join("|", expectable(names().keySet().stream()))
                + "|alarm \\S+)\\s*([<>=]|within |happens|does not happen|at worst degraded|completed|stopped|failed|cancelled)";
    }

    /** The same for the names alone. */
    public static String namePattern() {
        return "^(" + String.join("|", Figure.expectableKeys()) + "|alarm \\S+)$";
    }

    private static List<String> expectable(Stream<String> written) {
        Map<String, Figure> names = names();
        return written.filter(name -> names.get(name).kind() != Figure.Kind.SHOWN_ONLY)
                .filter(name -> !names.get(name).ofSubject())
                .toList();
    }

    /**
     * Puts it beside others.
     *
     * @param others name to condition
     * @throws IllegalArgumentException if one of the same figure is there
     */
    public void addTo(Map<String, String> others) {
        String before = others.putIfAbsent(name, condition);
        if (before != null) {
            throw new IllegalArgumentException("expected one expectation of " + name + ", found a second one: "
                    + condition + "; the first is " + before);
        }
    }

    /** The alarm that it is about, if it is about one. */
    public Optional<String> alarm() {
        String prefix = Figure.ALARM.key() + " ";
        return name.startsWith(prefix) ? Optional.of(name.substring(prefix.length())) : Optional.empty();
    }

    private static Expectation ofSubject(Figure figure, String rest) {
        int blank = rest.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("expected a name and a condition after \"" + figure.key()
                    + "\", such as alarm web-1a-down within 2 s; found "
                    + (rest.isEmpty() ? "nothing" : "\"" + rest + '"'));
        }
        return new Expectation(
                figure.key() + " " + rest.substring(0, blank),
                rest.substring(blank).strip());
    }

    private static boolean begins(String text, String name) {
        return text.regionMatches(true, 0, name, 0, name.length())
                && (text.length() == name.length() || " <>=".indexOf(text.charAt(name.length())) >= 0);
    }

    private static IllegalArgumentException unknown(String text) {
        Matcher head = HEAD.matcher(text);
        String found = head.matches() ? head.group(1) : text;
        List<String> words = Arrays.stream(Figure.values())
                .filter(figure -> figure.kind() != Figure.Kind.SHOWN_ONLY)
                .map(Figure::words)
                .toList();
        return new IllegalArgumentException("unknown figure \"" + found + "\"; " + Nearest.hint(found, words));
    }

    private static Map<String, Figure> names() {
        Map<String, Figure> names = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            names.put(figure.words(), figure);
            names.put(figure.key(), figure);
        }
        names.putAll(ALSO);
        return names;
    }
}
