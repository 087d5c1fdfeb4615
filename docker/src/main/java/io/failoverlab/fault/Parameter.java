package io.failoverlab.fault;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Something that can be said of a fault beside where it strikes and how long: a key in an experiment, an option on the command line.
 *
 * @param name such as {@code percent}
 * @param meaning a clause for people
 * @param form of its value
 * @param fallback its value where nothing is said; empty if nothing said has a meaning of its own
 */
public record Parameter(String name, String meaning, Form form, String fallback) {
    /** What a value may be. */
    public sealed interface Form {
        /** In words, for messages. */
        String expected();

        /** Whether the text is such a value. */
        boolean fits(String text);

        /** A whole number within the bounds, both included. */
        record Number(int min, int max) implements Form {
            private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

            @Override
            public String expected() {
                return "a whole number from " + min + " to " + max;
            }

            @Override
            public boolean fits(String text) {
                return DIGITS.matcher(text).matches() && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max;
            }
        }

        /** A duration within the bounds, both included. */
        record Time(Duration min, Duration max) implements Form {
            @Override
            public String expected() {
                return "a duration from " + DurationText.print(min) + " to " + DurationText.print(max);
            }

            @Override
            public boolean fits(String text) {
                try {
                    Duration read = DurationText.parse(text);
                    return read.compareTo(min) >= 0 && read.compareTo(max) <= 0;
                } catch (IllegalArgumentException other) {
                    return false;
                }
            }
        }

        /** One of a few words. */
        record Word(List<String> words) implements Form {
            public Word {
                words = List.copyOf(words);
            }

            @Override
            public String expected() {
                return "one of " + String.join(", ", words);
            }

            @Override
            public boolean fits(String text) {
                return words.contains(text);
            }
        }

        /** A name without anything that a shell would read as more than that; empty only where nothing is said. */
        record Name() implements Form {
            private static final Pattern LETTERS = Pattern.compile("[\\w.+-]{1,64}");

            @Override
            public String expected() {
                return "a name of 1 to 64 letters, digits, dots, dashes and the like";
            }

            @Override
            public boolean fits(String text) {
                return LETTERS.matcher(text).matches();
            }
        }
    }

    /**
     * The text, if it is a value of the parameter.
     *
     * @throws IllegalArgumentException if it is none
     */
    public String check(String text) {
        if (!form.fits(text)) {
            String hint = form instanceof Form.Word(List<String> words)
                    ? Nearest.of(text, words)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("")
                    : "";
            throw new IllegalArgumentException(name + ": expected " + form.expected() + ", found " + text + hint);
        }
        return text;
    }
}
