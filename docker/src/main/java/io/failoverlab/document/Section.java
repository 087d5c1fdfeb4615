package io.failoverlab.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The keys and values of one level of a {@link Document}. Every getter notes what is wrong instead of throwing, and
 * returns a {@link Field} that is then without a value. An absent section is an empty one, so that defaults apply.
 */
public final class Section {
    private static final Function<Node, String> NO_HINT = node -> "";

    private final Problems problems;
    private final Position position;
    private final String path;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Problems problems, Position position, String path) {
        this.problems = problems;
        this.position = position;
        this.path = path;
    }

    static Section absent(Problems problems, Position position, String path) {
        return new Section(problems, position, path);
    }

    static Section of(Problems problems, Position position, String path, MappingNode mapping) {
        Section section = new Section(problems, position, path);
        mapping.getValue().forEach(section::enter);
        return section;
    }

    private void enter(NodeTuple entry) {
        Position place = Position.of(entry.getKeyNode().getStartMark());
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.add(place, "a key", Scalars.describe(entry.getKeyNode()), "");
            return;
        }
        NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
        if (first != null) {
            int line = Position.of(first.getKeyNode().getStartMark()).line();
            problems.add(
                    place,
                    "each key once",
                    "a second \"%s\"".formatted(key.getValue()),
                    "the first is in line " + line);
        }
    }

    /** The keys in the file, in its order; asking makes none of them known. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Whether there is a list under the key; asking makes it not known. */
    public boolean isList(String key) {
        return entries.containsKey(key) && entries.get(key).getValueNode() instanceof SequenceNode;
    }

    /** Notes a problem of the section as a whole. */
    public void reject(String expected, String found, String hint) {
        problems.add(position, expected, found, hint);
    }

    public Field<String> text(String key) {
        return scalar(key, "text", Scalars::text, Scalars::quotesHint);
    }

    /** A whole number within the bounds, both included. */
    public Field<Integer> integer(String key, int min, int max) {
        String expected = "a whole number from %d to %d".formatted(min, max);
        return scalar(key, expected, node -> Scalars.wholeNumber(node, min, max), NO_HINT);
    }

    /** A number, whole or with decimals, within the bounds, both included. */
    public Field<Double> decimal(String key, double min, double max) {
        String expected = "a number from %s to %s".formatted(min, max);
        return scalar(key, expected, node -> Scalars.decimal(node, min, max), NO_HINT);
    }

    /** {@code true} or {@code false}. */
    public Field<Boolean> flag(String key) {
        return scalar(key, "true or false", Scalars::flag, NO_HINT);
    }

    /** A duration as {@link DurationText} reads it, within the bounds, both included. */
    public Field<Duration> duration(String key, Duration min, Duration max) {
        String expected = "a duration from %s to %s".formatted(DurationText.print(min), DurationText.print(max));
        return scalar(key, expected, node -> Scalars.duration(node, min, max), NO_HINT);
    }

    /** A constant by its name in lower case with dashes: {@code NGINX_DEFAULT} is written {@code nginx-default}. */
    public <E extends Enum<E>> Field<E> oneOf(String key, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return oneOf(key, words);
    }

    /** What one of a few words stands for; a mistyped one gets the nearest as its hint. */
    public <T> Field<T> oneOf(String key, Map<String, T> words) {
        return scalar(
                key,
                "one of " + String.join(", ", words.keySet()),
                node -> Optional.ofNullable(words.get(node.getValue())),
                node -> node instanceof ScalarNode scalar
                        ? Nearest.of(scalar.getValue(), words.keySet())
                                .map(Nearest::question)
                                .orElse("")
                        : "");
    }

    /**
     * Text that has a form of its own, such as an address.
     *
     * @param expected what the form is, for the error message
     * @param parser throws {@link IllegalArgumentException} if the text has another form
     */
    public <T> Field<T> parsed(String key, String expected, Function<String, T> parser) {
        return scalar(key, expected, node -> Scalars.parse(node, parser), NO_HINT);
    }

    /** The section under the key; an empty one if it is absent, or if only its name is there. */
    public Section section(String key) {
        known.add(key);
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            return absent(problems, position, within(key));
        }
        Position place = Position.of(entry.getKeyNode().getStartMark());
        if (Scalars.isNothing(entry.getValueNode())) {
            return absent(problems, place, within(key));
        }
        return asSection(entry.getValueNode(), place, within(key));
    }

    /** The sections of the list under the key; none if it is absent. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node node : list(key).orElse(List.of())) {
            String name = "%s[%d]".formatted(within(key), sections.size());
            sections.add(asSection(node, Position.of(node.getStartMark()), name));
        }
        return sections;
    }

    /** The texts of the list under the key; none if it is absent, an unreadable one if it is not a list. */
    public List<Field<String>> texts(String key) {
        return fields(key, "text", Scalars::text, Scalars::quotesHint);
    }

    /** The values of the list under the key as {@link #texts}, each read as {@link #parsed} does. */
    public <T> List<Field<T>> parsedList(String key, String expected, Function<String, T> parser) {
        return fields(key, expected, node -> Scalars.parse(node, parser), NO_HINT);
    }

    /** Notes a problem if the list under the key is there but empty. */
    public void rejectEmptyList(String key) {
        if (entries.containsKey(key)
                && entries.get(key).getValueNode() instanceof SequenceNode list
                && list.getValue().isEmpty()) {
            problems.add(
                    Position.of(list.getStartMark()), "at least one entry for " + within(key), "an empty list", "");
        }
    }

    /** Notes every key that no getter has asked for, with the nearest that one has. Call it last. */
    public void rejectUnknownKeys() {
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                problems.add(
                        Position.of(entry.getValue().getKeyNode().getStartMark()),
                        path.isEmpty() ? "a known key" : "a known key of " + path,
                        "\"" + entry.getKey() + "\"",
                        Nearest.hint(entry.getKey(), known));
            }
        }
    }

    private Section asSection(Node node, Position place, String name) {
        if (node instanceof MappingNode mapping) {
            return of(problems, place, name, mapping);
        }
        problems.add(Position.of(node.getStartMark()), "keys and values for " + name, Scalars.describe(node), "");
        return absent(problems, place, name);
    }

    private <T> List<Field<T>> fields(
            String key, String expected, Function<ScalarNode, Optional<T>> reader, Function<Node, String> hint) {
        return list(key)
                .map(nodes -> nodes.stream()
                        .map(node -> read(key, node, expected, reader, hint))
                        .toList())
                .orElseGet(() -> List.of(Field.unreadable(problems, position, expected + " for " + within(key))));
    }

    /** Empty if there is something else than a list, which is noted. */
    private Optional<List<Node>> list(String key) {
        known.add(key);
        NodeTuple entry = entries.get(key);
        if (entry == null) {
            return Optional.of(List.of());
        }
        Node node = entry.getValueNode();
        if (node instanceof SequenceNode sequence) {
            return Optional.of(sequence.getValue());
        }
        problems.add(Position.of(node.getStartMark()), "a list for " + within(key), Scalars.describe(node), "");
        return Optional.empty();
    }

    private <T> Field<T> scalar(
            String key, String expected, Function<ScalarNode, Optional<T>> reader, Function<Node, String> hint) {
        known.add(key);
        NodeTuple entry = entries.get(key);
        return entry == null
                ? Field.absent(problems, position, expected + " for " + within(key))
                : read(key, entry.getValueNode(), expected, reader, hint);
    }

    private <T> Field<T> read(
            String key,
            Node node,
            String expected,
            Function<ScalarNode, Optional<T>> reader,
            Function<Node, String> hint) {
        Position place = Position.of(node.getStartMark());
        String expectation = expected + " for " + within(key);
        Optional<T> value = node instanceof ScalarNode scalar && !Scalars.isNothing(scalar)
                ? reader.apply(scalar)
                : Optional.empty();
        if (value.isPresent()) {
            return Field.read(problems, place, expectation, value.get());
        }
        problems.add(place, expectation, Scalars.describe(node), hint.apply(node));
        return Field.unreadable(problems, place, expectation);
    }

    private String within(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
