package io.failoverlab.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads JSON into the nodes of YAML, so that both are read section by section in the same way. YAML's own reader would not do:
 * it takes neither JSON indented with tabs nor every escape.
 */
final class JsonNodes {
    private static final int[] NO_SNIPPET = new int[0];

    private final JsonParser parser;

    private JsonNodes(JsonParser parser) {
        this.parser = parser;
    }

    /** Empty if it is not JSON, which is noted. */
    static Optional<Node> read(String text, Problems problems) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            JsonNodes nodes = new JsonNodes(parser);
            if (parser.nextToken() == null) {
                problems.add(Position.START, "JSON", "an empty text", "");
                return Optional.empty();
            }
            Node root = nodes.node();
            if (parser.nextToken() != null) {
                problems.add(at(parser.currentTokenLocation()), "the end of the JSON", "something after it", "");
                return Optional.empty();
            }
            return Optional.of(root);
        } catch (JsonProcessingException notJson) {
            problems.add(at(notJson.getLocation()), "JSON", "an error of syntax", notJson.getOriginalMessage());
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text could not be read", impossible);
        }
    }

    private static Position at(JsonLocation location) {
        return location == null
                ? Position.START
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The value that the current token begins. */
    private Node node() throws IOException {
        Mark begin = mark();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(begin);
            case START_ARRAY -> array(begin);
            case VALUE_STRING -> scalar(Tag.STR, begin, ScalarStyle.DOUBLE_QUOTED);
            case VALUE_NUMBER_INT -> scalar(Tag.INT, begin, ScalarStyle.PLAIN);
            case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT, begin, ScalarStyle.PLAIN);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL, begin, ScalarStyle.PLAIN);
            case VALUE_NULL -> scalar(Tag.NULL, begin, ScalarStyle.PLAIN);
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Node object(Mark begin) throws IOException {
        List<NodeTuple> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node key = scalar(Tag.STR, mark(), ScalarStyle.DOUBLE_QUOTED);
            parser.nextToken();
            entries.add(new NodeTuple(key, node()));
        }
        return new MappingNode(Tag.MAP, true, entries, begin, mark(), FlowStyle.FLOW);
    }

    private Node array(Mark begin) throws IOException {
        List<Node> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(node());
        }
        return new SequenceNode(Tag.SEQ, true, values, begin, mark(), FlowStyle.FLOW);
    }

    private Node scalar(Tag tag, Mark begin, ScalarStyle style) throws IOException {
        return new ScalarNode(tag, parser.getText(), begin, begin, style);
    }

    private Mark mark() {
        Position place = at(parser.currentTokenLocation());
        return new Mark("json", 0, place.line() - 1, place.column() - 1, NO_SNIPPET, 0);
    }
}
