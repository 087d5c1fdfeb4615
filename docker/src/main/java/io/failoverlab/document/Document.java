package io.failoverlab.document;

import java.io.StringReader;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML or JSON file of keys and values with the position of each. Read it section by section, then ask for all problems:
 *
 * <pre>{@code
 * Document document = Document.parse("shop.yaml", text);
 * Section root = document.root();
 * Field<String> name = root.text("name").required();
 * int rate = root.section("load").integer("rate", 1, 10_000).orElse(300);
 * root.rejectUnknownKeys();
 * document.problems().throwIfAny();
 * }</pre>
 */
public final class Document {
    private static final String SYNTAX_ERROR = "an error of syntax";

    private final Section root;
    private final Problems problems;

    private Document(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /**
     * Reads the text. An empty one is a document without keys.
     *
     * @param file the name that problems are reported under
     * @throws InvalidInput if the text is not YAML, or not one mapping of keys: nothing else can be said about it then
     */
    public static Document parse(String file, String text) {
        Problems problems = new Problems(file);
        return of(compose(text, problems), problems);
    }

    /**
     * As {@link #parse}, for JSON.
     *
     * @throws InvalidInput if the text is not JSON, or not one object
     */
    public static Document parseJson(String file, String text) {
        Problems problems = new Problems(file);
        return of(JsonNodes.read(text, problems), problems);
    }

    private static Document of(Optional<Node> node, Problems problems) {
        problems.throwIfAny();
        if (node.isEmpty() || node.get().getTag().equals(Tag.NULL)) {
            return new Document(Section.absent(problems, Position.START, ""), problems);
        }
        if (!(node.get() instanceof MappingNode mapping)) {
            problems.add(Position.of(node.get().getStartMark()), "keys and values", Scalars.describe(node.get()), "");
            throw new InvalidInput(problems.list());
        }
        return new Document(Section.of(problems, Position.START, "", mapping), problems);
    }

    private static Optional<Node> compose(String text, Problems problems) {
        try {
            return Optional.ofNullable(new Yaml().compose(new StringReader(text)));
        } catch (MarkedYAMLException notYaml) {
            Mark mark = notYaml.getProblemMark();
            Position place = mark == null ? Position.START : Position.of(mark);
            problems.add(place, "YAML", SYNTAX_ERROR, Objects.requireNonNullElse(notYaml.getProblem(), ""));
        } catch (YAMLException notYaml) {
            problems.add(
                    Position.START,
                    "YAML",
                    SYNTAX_ERROR,
                    notYaml.getMessage().lines().findFirst().orElse(""));
        }
        return Optional.empty();
    }

    public Section root() {
        return root;
    }

    public Problems problems() {
        return problems;
    }
}
