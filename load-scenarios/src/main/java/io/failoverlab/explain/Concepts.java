package io.failoverlab.explain;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.failoverlab.document.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that can be explained, in files beside the classes. Where a number is one of the code's own, the file has
 * <code>${name}</code> in its place, and {@link Figures} knows it.
 */
public final class Concepts {
    private static final List<String> FILES = List.of("network", "compute", "database", "balancing", "operations");
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    private final List<Concept> all;

    private Concepts(List<Concept> all) {
        this.all = all;
    }

    /** @throws IllegalStateException if a file is not as it should be: a fault of the lab's own */
    public static Concepts read() {
        Map<String, String> figures = Figures.ofTheCode();
        return new Concepts(FILES.stream()
                .flatMap(file -> read("/explain/" + file + ".yaml", figures).stream())
                .toList());
    }

    private static List<Concept> read(String file, Map<String, String> figures) {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        yaml.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        try (InputStream in = Concepts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("expected the file " + file + " on the class path, found none");
            }
            return yaml.convertValue(filled(yaml.readTree(in), figures), new TypeReference<List<Concept>>() {});
        } catch (IOException | IllegalArgumentException wrong) {
            throw new IllegalStateException("the file " + file + " cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    /** The same with every figure in its place. */
    private static JsonNode filled(JsonNode node, Map<String, String> figures) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(filled(text.textValue().strip(), figures));
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(each -> copy.add(filled(each, figures)));
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties().forEach(field -> copy.set(field.getKey(), filled(field.getValue(), figures)));
                yield copy;
            }
            default -> TextNode.valueOf(node.asText());
        };
    }

    private static String filled(String text, Map<String, String> figures) {
        return PLACE.matcher(text).replaceAll(place -> {
            String figure = figures.get(place.group(1));
            if (figure == null) {
                throw new IllegalArgumentException("expected a known figure, found " + place.group() + "; "
                        + Nearest.hint(place.group(1), figures.keySet()));
            }
            return Matcher.quoteReplacement(figure);
        });
    }

    /** In the order to be listed: from the network up. */
    public List<Concept> all() {
        return all;
    }

    /**
     * The one of that name, however it is written: {@code Multi-AZ}, {@code multi az}, {@code multiaz}.
     *
     * @throws IllegalArgumentException with the nearest name, if there is none
     */
    public Concept named(String name) {
        Map<String, Concept> byName = byName();
        Concept found = byName.get(plain(name));
        if (found == null) {
            List<String> names =
                    all.stream().flatMap(concept -> concept.names().stream()).toList();
            throw new IllegalArgumentException("expected something that can be explained, found " + name
                    + Nearest.of(name, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; `lab explain` lists all"));
        }
        return found;
    }

    private Map<String, Concept> byName() {
        Map<String, Concept> found = new LinkedHashMap<>();
        for (Concept concept : all) {
            concept.names().forEach(name -> {
                if (found.put(plain(name), concept) != null) {
                    throw new IllegalStateException("expected one thing of each name, found two of " + name);
                }
            });
        }
        return found;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
