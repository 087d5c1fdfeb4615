package io.failoverlab.fis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of an SSM document as a template gives them. Every getter throws {@link IllegalArgumentException} in words if the
 * value is wrong.
 */
record DocumentValues(Map<String, String> values) {
    private static final int LONGEST_SECONDS = 12 * 60 * 60;
    private static final int LONGEST_MILLIS = 60_000;

    /** How long it goes on. */
    Duration seconds() {
        return Duration.ofSeconds(requiredNumber("DurationSeconds", 1, LONGEST_SECONDS));
    }

    /** As {@link #seconds}, of a document whose workers share what is taken, so that their number makes no difference here. */
    Duration secondsWithWorkers() {
        number("Workers", 1, 64);
        return seconds();
    }

    /** As {@link #seconds}, of a document whose files are of a size that makes no difference here. */
    Duration secondsWithPercent() {
        number("Percent", 1, 100);
        return seconds();
    }

    Duration millis(String key, int fallback) {
        return Duration.ofMillis(number(key, 1, LONGEST_MILLIS).orElse(fallback));
    }

    /** Addresses, blocks of addresses and names. */
    List<String> sources() {
        return Stream.of(required("Sources").split(","))
                .map(String::strip)
                .filter(source -> !source.isEmpty())
                .toList();
    }

    String required(String key) {
        String value = values.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + ": expected a value, found none");
        }
        return value;
    }

    String requiredWord(String key, List<String> words) {
        return word(key, required(key), words);
    }

    String word(String key, String fallback, List<String> words) {
        String value = values.getOrDefault(key, fallback);
        if (!words.contains(value)) {
            throw new IllegalArgumentException(
                    key + ": expected " + String.join(" or ", words) + ", found " + Form.found(value));
        }
        return value;
    }

    int requiredNumber(String key, int min, int max) {
        required(key);
        return number(key, min, max).orElseThrow();
    }

    Optional<Integer> number(String key, int min, int max) {
        String value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(
                    key + ": expected " + min + " to " + max + ", found " + Form.found(value));
        }
        return Optional.of(Integer.parseInt(value));
    }
}
