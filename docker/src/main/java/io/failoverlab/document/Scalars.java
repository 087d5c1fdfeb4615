package io.failoverlab.document;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads single values, and names what a node of YAML is in the words of an error message. Empty: not of that type. */
final class Scalars {
    /** Neither YAML 1.1's octal {@code 010} nor its {@code 1_000} or {@code 1:30}: each surprises someone. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");

    private Scalars() {}

    /** YAML 1.1 takes words such as {@code no} and {@code on} for booleans; they must not become names silently. */
    static Optional<String> text(ScalarNode node) {
        return isNumber(node) || isBoolean(node) ? Optional.empty() : Optional.of(node.getValue());
    }

    static Optional<Integer> wholeNumber(ScalarNode node, int min, int max) {
        return unquoted(node, WHOLE_NUMBER)
                .map(Long::parseLong)
                .filter(number -> min <= number && number <= max)
                .map(Long::intValue);
    }

    static Optional<Double> decimal(ScalarNode node, double min, double max) {
        return unquoted(node, DECIMAL).map(Double::parseDouble).filter(number -> min <= number && number <= max);
    }

    static Optional<Boolean> flag(ScalarNode node) {
        return unquoted(node, Pattern.compile("true|false")).map(Boolean::parseBoolean);
    }

    static Optional<Duration> duration(ScalarNode node, Duration min, Duration max) {
        return parse(node, DurationText::parse)
                .filter(duration -> min.compareTo(duration) <= 0 && duration.compareTo(max) <= 0);
    }

    static <T> Optional<T> parse(ScalarNode node, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(node.getValue()));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    static String describe(Node node) {
        return switch (node.getNodeId()) {
            case scalar -> describe((ScalarNode) node);
            case sequence -> "a list";
            case mapping -> "keys and values";
            case anchor -> "an anchor";
        };
    }

    static String quotesHint(Node node) {
        return node instanceof ScalarNode scalar && (isNumber(scalar) || isBoolean(scalar))
                ? "as text, put it in quotes: \"%s\"".formatted(scalar.getValue())
                : "";
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static Optional<String> unquoted(ScalarNode node, Pattern form) {
        return Optional.of(node.getValue())
                .filter(text -> node.isPlain() && form.matcher(text).matches());
    }

    private static boolean isNumber(ScalarNode node) {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    private static boolean isBoolean(ScalarNode node) {
        return node.getTag().equals(Tag.BOOL);
    }

    private static String describe(ScalarNode node) {
        if (isNothing(node)) {
            return "nothing";
        }
        if (isNumber(node)) {
            return "the number " + node.getValue();
        }
        return isBoolean(node) ? "the boolean " + node.getValue() : "the text \"" + node.getValue() + "\"";
    }
}
