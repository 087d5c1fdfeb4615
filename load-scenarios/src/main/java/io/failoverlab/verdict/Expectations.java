package io.failoverlab.verdict;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Nearest;
import io.failoverlab.history.ExperimentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment expects of its figures, as written in its file:
 *
 * <pre>
 * requests-lost: 0          counts: a number, or &lt; &lt;= = &gt;= &gt; and a number
 * p99-after: &lt; 500ms        times: a comparison and a duration (ms, s, m, h)
 * alarmed: &lt;= 2s            delays: the same, or true (it happens) or false (it must not happen)
 * recovered: degraded       recovery: the same, or degraded (some targets may stay out of service, not all)
 * experiment: completed     an FIS experiment: completed, stopped, failed or cancelled
 * </pre>
 */
public final class Expectations {
    private final Map<Figure, Condition> conditions;

    private Expectations(Map<Figure, Condition> conditions) {
        this.conditions = conditions;
    }

    /**
     * Reads all of them.
     *
     * @param written name of the figure to what is expected of it
     * @throws InvalidExpectationsException with every problem at once
     */
    public static Expectations parse(Map<String, String> written) {
        Map<Figure, Condition> conditions = new EnumMap<>(Figure.class);
        List<String> problems = new ArrayList<>();
        written.forEach((key, text) -> {
            try {
                Figure figure = figure(key);
                conditions.put(figure, condition(figure, text.strip()));
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
        return Optional.ofNullable(conditions.get(figure));
    }

    private static Figure figure(String key) {
        List<String> known = Figure.expectableKeys();
        Figure figure = Figure.ofKey(key)
                .orElseThrow(() -> new IllegalArgumentException("unknown figure; " + Nearest.hint(key, known)));
        if (figure.kind() == Figure.Kind.SHOWN_ONLY) {
            throw new IllegalArgumentException("is shown only, nothing can be expected of it; leave it out");
        }
        return figure;
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
            return DurationText.parse(withoutSign(text));
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
