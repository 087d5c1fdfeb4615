package io.failoverlab.fis;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The parameters of an action: texts all of them, each with a form of its own. What is wrong is noted, not thrown. */
final class Parameters {
    /** What AWS takes; the lab takes less as well, and says so. */
    private static final Duration SHORTEST_ON_AWS = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final String DURATION_FORM = "a duration of ISO 8601, one minute to 12 hours, such as PT2M";

    private final Section section;
    private final Consumer<String> notes;

    /** @param notes told what AWS would not take and the lab does */
    Parameters(Section section, Consumer<String> notes) {
        this.section = section;
        this.notes = notes;
    }

    Field<String> text(String key) {
        return section.text(key);
    }

    Field<Duration> duration(String key) {
        Field<Duration> duration = section.parsed(key, DURATION_FORM, Parameters::durationOf);
        duration.value()
                .filter(it -> it.compareTo(SHORTEST_ON_AWS) < 0)
                .ifPresent(it -> notes.accept(key + " " + it + " is taken as it is; AWS wants a minute or more"));
        return duration;
    }

    private static Duration durationOf(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        } catch (DateTimeParseException otherForm) {
            throw new IllegalArgumentException(text, otherForm);
        }
    }

    /** {@code true} or {@code false} as text, which is false where it is absent. */
    boolean flag(String key) {
        return section.parsed(key, "\"true\" or \"false\"", Parameters::flagOf).orElse(false);
    }

    private static boolean flagOf(String text) {
        return switch (text) {
            case "true", "True" -> true;
            case "false", "False" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Values separated by commas. */
    Field<List<String>> list(String key) {
        return section.parsed(
                key,
                "values separated by commas",
                text -> Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList());
    }

    /** Notes what nobody has asked for, and what is not text or too long for any parameter. Call it last. */
    void rejectUnknown() {
        section.rejectUnknownKeys();
        section.keys().forEach(key -> Form.PARAMETER.text(section, key));
    }
}
