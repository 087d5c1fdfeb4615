package io.failoverlab.verdict;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Nearest;
import io.failoverlab.history.ExperimentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment expects of its figures, by their names; {@link Expectation} reads the same as sentences.
 *
 * <pre>
 * requests-lost: 0           counts: a number, or &lt; &lt;= = &gt;= &gt; and a number
 * p99-after: &lt; 500ms         times: a comparison and a duration (ms, s, m, h), or within and a duration
 * alarmed: &lt;= 2s             delays: the same, or true (happens) or false (does not happen)
 * alarm web-1a-down: within 2 s    the same, for the alarm of that name
 * recovered: degraded        recovery: the same, or degraded (some targets may stay out of service, not all)
 * experiment: completed      an FIS experiment: completed, stopped, failed or cancelled
 * </pre>
 */
public final class Expectations {
    private static final String WITHIN = "within ";

    /** A figure, and what it is of where it needs that. */
    private record Subject(Figure figure, String name) {}

    private final Map<Subject, Condition> conditions;

    private Expectations(Map<Subject, Condition> conditions) {
        this.conditions = conditions;
    }

    /**
     * Reads all of them.
     *
     * @param written name of the figure to what is expected of it
     * @throws InvalidExpectationsException with every problem at once
     */
    public static Expectations parse(Map<String, String> written) {
        Map<Subject, Condition> conditions = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        written.forEach((key, text) -> {
            try {
                Subject subject = subject(key.strip());
                conditions.put(subject, condition(subject.figure(), plain(text)));
            } catch (IllegalArgumentException refused) {
                problems.add(key + ": " + refused.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidExpectationsException(problems);
        }
        return new Expectations(conditions);
    }

    Optional<Condition> of(Figure figure) {
        return of(figure, "");
    }

    Optional<Condition> of(Figure figure, String subject) {
        return Optional.ofNullable(conditions.get(new Subject(figure, subject)));
    }

    /** What something is expected of, of a figure that needs to be told. */
    List<String> subjects(Figure figure) {
        return conditions.keySet().stream()
                .filter(subject -> subject.figure() == figure)
                .map(Subject::name)
                .toList();
    }

    private static Subject subject(String key) {
        int blank = key.indexOf(' ');
        Optional<Figure> ofSubject = blank < 0
                ? Optional.empty()
                : Figure.ofKey(key.substring(0, blank)).filter(Figure::ofSubject);
        return ofSubject
                .map(figure -> new Subject(figure, key.substring(blank).strip()))
                .orElseGet(() -> new Subject(figure(key), ""));
    }

    private static Figure figure(String key) {
        List<String> known = Figure.expectableKeys();
        Figure figure = Figure.ofKey(key)
                .orElseThrow(() -> new IllegalArgumentException("unknown figure; " + Nearest.hint(key, known)));
        if (figure.kind() == Figure.Kind.SHOWN_ONLY) {
            throw new IllegalArgumentException("is shown only, nothing can be expected of it; leave it out");
        }
        if (figure.ofSubject()) {
            throw new IllegalArgumentException("expected a name behind it, such as " + key + " web-1a-down");
        }
        return figure;
    }

    /** The words of a sentence in the form of the signs. */
    private static String plain(String text) {
        String plain = text.strip();
        return switch (plain) {
            case "happens" -> "true";
            case "does not happen" -> "false";
            case "at worst degraded" -> "degraded";
            default -> plain.startsWith(WITHIN) ? Comparison.AT_MOST.sign() + plain.substring(WITHIN.length()) : plain;
        };
    }

    private static Condition condition(Figure figure, String text) {
        return switch (figure.kind()) {
            case COUNT -> count(text);
            case LATENCY -> time(text, "expected a comparison with a duration, such as < 500ms");
            case DELAY ->
                happens(text)
                        .orElseGet(() ->
                                time(text, "expected true, false or a comparison with a duration," + " such as <= 2s"));
            case RECOVERY ->
                text.equals("degraded")
                        ? new Condition.AtWorstDegraded()
                        : happens(text)
                                .orElseGet(() -> time(
                                        text,
                                        "expected degraded, true, false or a comparison with a"
                                                + " duration, such as <= 30s"));
            case STATE -> state(text);
            case SHOWN_ONLY -> throw new IllegalStateException(figure + " was refused before");
        };
    }

    private static Condition state(String text) {
        List<String> known = Arrays.stream(ExperimentStatus.values())
                .filter(ExperimentStatus::isFinal)
                .map(ExperimentStatus::toString)
                .toList();
        if (!known.contains(text)) {
            throw new IllegalArgumentException(
                    "expected one of " + String.join(", ", known) + ", found \"" + text + '"');
        }
        return new Condition.InState(text);
    }

    private static Condition count(String text) {
        Comparison comparison = comparison(text).orElse(Comparison.EQUAL);
        String number = withoutSign(text);
        if (!number.matches("\\d{1,15}")) {
            throw new IllegalArgumentException("expected a whole number, such as 0 or <= 5, found \"" + text + '"');
        }
        return new Condition.OfCount(comparison, Long.parseLong(number));
    }

    private static Condition time(String text, String expected) {
        Optional<Comparison> comparison = comparison(text);
        if (comparison.isEmpty()) {
            throw new IllegalArgumentException(expected + ", found \"" + text + '"');
        }
        return new Condition.OfTime(comparison.get(), duration(text, expected));
    }

    private static Duration duration(String text, String expected) {
        try {
            return DurationText.parse(withoutSign(text).replace(" ", ""));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(expected + ", found \"" + text + '"', refused);
        }
    }

    private static Optional<Condition> happens(String text) {
        return switch (text) {
            case "true" -> Optional.of(new Condition.Happens(true));
            case "false" -> Optional.of(new Condition.Happens(false));
            default -> Optional.empty();
        };
    }

    private static Optional<Comparison> comparison(String text) {
        for (Comparison comparison : Comparison.values()) {
            if (text.startsWith(comparison.sign())) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }

    private static String withoutSign(String text) {
        return text.substring(comparison(text).map(c -> c.sign().length()).orElse(0))
                .strip();
    }
}
