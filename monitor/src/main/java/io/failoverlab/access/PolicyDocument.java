package io.failoverlab.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a policy in the form of IAM's JSON policy elements. Read are Version, Id, and of each Statement Sid, Effect, Action, Resource
 * and Principal, which names roles and may be left out for all of them; whatever else there is is refused, since a condition that is
 * not looked at would allow too much.
 */
public final class PolicyDocument {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> OF_DOCUMENT = Set.of("Version", "Id", "Statement");
    private static final Set<String> OF_STATEMENT = Set.of("Sid", "Effect", "Principal", "Action", "Resource");
    private static final String VERSION = "2012-10-17";

    private final String source;
    private final List<String> mistakes = new ArrayList<>();

    private PolicyDocument(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException with everything that is wrong in it, a line each
     */
    public static Policy read(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    static Policy read(String source, String text) {
        PolicyDocument document = new PolicyDocument(source);
        List<Statement> statements = document.statements(text);
        if (!document.mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", document.mistakes));
        }
        return new Policy(statements);
    }

    private List<Statement> statements(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            wrong("line " + e.getLocation().getLineNr(), "JSON", e.getOriginalMessage());
            return List.of();
        }
        if (!root.isObject()) {
            wrong(
                    "the document",
                    "an object with Version and Statement",
                    root.getNodeType().toString());
            return List.of();
        }
        requireKeys("the document", root, OF_DOCUMENT);
        if (!VERSION.equals(root.path("Version").asText())) {
            wrong("Version", "\"" + VERSION + "\"", root.path("Version").toString());
        }
        // IAM takes a single statement without its list, too.
        List<JsonNode> nodes = list(root.path("Statement"));
        if (nodes.isEmpty()) {
            wrong("Statement", "at least one", root.path("Statement").toString());
        }
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            statements.add(statement("Statement[" + i + "]", nodes.get(i)));
        }
        return statements;
    }

    private Statement statement(String place, JsonNode node) {
        if (!node.isObject()) {
            wrong(place, "an object", node.toString());
            return new Statement(place, Statement.Effect.DENY, Set.of(), List.of(), List.of());
        }
        requireKeys(place, node, OF_STATEMENT);
        String sid = node.path("Sid").asText();
        return new Statement(
                sid.isEmpty() ? place + " of " + source : "statement " + sid,
                effect(place + ".Effect", node.path("Effect")),
                roles(place + ".Principal", node.path("Principal")),
                patterns(place + ".Action", node.path("Action"), "such as \"ec2:StopInstances\" or \"lab:*\""),
                patterns(place + ".Resource", node.path("Resource"), "such as \"instance/web-1a\" or \"*\""));
    }

    private Statement.Effect effect(String place, JsonNode node) {
        return switch (node.asText()) {
            case "Allow" -> Statement.Effect.ALLOW;
            case "Deny" -> Statement.Effect.DENY;
            default -> {
                wrong(place, "\"Allow\" or \"Deny\"", node.toString());
                yield Statement.Effect.DENY;
            }
        };
    }

    private Set<Role> roles(String place, JsonNode node) {
        if (node.isMissingNode() || node.asText().equals("*")) {
            return EnumSet.allOf(Role.class);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<JsonNode> names = list(node);
        for (JsonNode name : names) {
            Role.of(name.asText())
                    .ifPresentOrElse(
                            roles::add,
                            () -> wrong(place, "\"*\" or roles: " + String.join(", ", Role.words()), name.toString()));
        }
        if (names.isEmpty()) {
            wrong(place, "at least one role", node.toString());
        }
        return roles;
    }

    private List<String> patterns(String place, JsonNode node, String example) {
        List<JsonNode> all = list(node);
        if (all.isEmpty() || !all.stream().allMatch(JsonNode::isTextual)) {
            wrong(place, "a text or a list of texts, " + example, node.toString());
            return List.of();
        }
        return all.stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> list(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(all::add);
        } else if (!node.isMissingNode()) {
            all.add(node);
        }
        return all;
    }

    private void requireKeys(String place, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                wrong(place, "only " + String.join(", ", known.stream().sorted().toList()), key);
            }
        });
    }

    private void wrong(String place, String expected, String found) {
        mistakes.add(
                source + ": " + place + ": expected " + expected + ", found " + (found.isEmpty() ? "nothing" : found));
    }
}
