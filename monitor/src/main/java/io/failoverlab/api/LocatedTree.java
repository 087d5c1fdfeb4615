package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A document of YAML or JSON; of YAML the line of each part is known. */
final class LocatedTree {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DEPTH = 20;

    private final Map<String, Integer> lines = new HashMap<>();
    private JsonNode root = JsonNodeFactory.instance.nullNode();

    private LocatedTree() {}

    /** @throws IllegalArgumentException if the text is neither; the message says where */
    static LocatedTree parse(String text) {
        LocatedTree tree = new LocatedTree();
        try {
            tree.root =
                    text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")
                            ? JSON.readTree(text)
                            : tree.read(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + ": expected JSON: " + e.getOriginalMessage(), e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException("line " + line + ": expected YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("expected YAML: " + e.getMessage(), e);
        }
        return tree;
    }

    private JsonNode read(String text) {
        Node node = new Yaml().compose(new StringReader(text));
        return node == null ? JsonNodeFactory.instance.nullNode() : convert(node, "", 0);
    }

    JsonNode root() {
        return root;
    }

    /**
     * For example {@code line 3: }, or nothing if it is not known.
     *
     * @param path of a part, for example {@code [2].Dimensions[0].Name}; empty for the whole
     */
    String at(String path) {
        Integer line = lines.get(path);
        return line == null ? "" : "line " + line + ": ";
    }

    /** @param path of the part of this key in the part of that path */
    static String path(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String path(String path, int index) {
        return path + "[" + index + "]";
    }

    private JsonNode convert(Node node, String path, int depth) {
        if (depth > MAX_DEPTH) { // an alias may hold itself
            throw new YAMLException("nested deeper than " + MAX_DEPTH);
        }
        lines.put(path, node.getStartMark().getLine() + 1);
        return switch (node) {
            case MappingNode mapping -> object(mapping.getValue(), path, depth);
            case SequenceNode sequence -> array(sequence.getValue(), path, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new YAMLException("unexpected " + node.getNodeId());
        };
    }

    private ObjectNode object(List<NodeTuple> entries, String path, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : entries) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (object.has(key)) {
                throw new YAMLException(
                        "line " + (entry.getKeyNode().getStartMark().getLine() + 1) + " repeats the key " + key);
            }
            object.set(key, convert(entry.getValueNode(), path(path, key), depth + 1));
        }
        return object;
    }

    private ArrayNode array(List<Node> elements, String path, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.forEach(element -> array.add(convert(element, path(path, array.size()), depth + 1)));
        return array;
    }

    /** Only what JSON would take for a number or a boolean is one, so that a name like {@code on} or {@code 1e5s} stays a text. */
    private static JsonNode scalar(ScalarNode scalar) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return json.booleanNode(text.equals("true"));
        }
        if (scalar.getTag().equals(Tag.INT) && text.matches("-?(0|[1-9]\\d{0,17})")) {
            return json.numberNode(Long.parseLong(text));
        }
        if (scalar.getTag().equals(Tag.FLOAT) && text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?")) {
            return json.numberNode(new BigDecimal(text));
        }
        return new TextNode(text);
    }
}
