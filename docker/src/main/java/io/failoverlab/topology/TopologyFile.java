package io.failoverlab.topology;

import io.failoverlab.document.Document;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads topologies from YAML: files, and the patterns that the lab brings along. */
public final class TopologyFile {
    private static final List<String> PATTERNS =
            List.of("one-web-one-db", "two-web-one-db", "two-web-multi-az", "two-web-read-replica");

    private TopologyFile() {}

    /** The names of the built-in patterns. */
    public static List<String> patterns() {
        return PATTERNS;
    }

    /**
     * A pattern by its name, or else a file: what ends in {@code .yaml} or {@code .yml}, or has a slash in it.
     *
     * @throws InvalidInput with every problem of the file, or the nearest pattern
     */
    public static Topology named(String nameOrPath) {
        boolean isPath = nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml") || nameOrPath.contains("/");
        return isPath ? read(Path.of(nameOrPath)) : pattern(nameOrPath);
    }

    /** @throws InvalidInput if there is no such pattern */
    public static Topology pattern(String name) {
        return parse(name + ".yaml", patternText(name));
    }

    /**
     * The commented YAML of a pattern: a file to begin one's own with.
     *
     * @throws InvalidInput if there is no such pattern
     */
    public static String patternText(String name) {
        if (!PATTERNS.contains(name)) {
            String available = "available patterns: " + String.join(", ", PATTERNS);
            String hint = Nearest.of(name, PATTERNS)
                    .map("did you mean \"%s\"?"::formatted)
                    .orElse(available);
            throw new InvalidInput(Problem.of("topology", "a pattern or a .yaml file", "\"" + name + "\"", hint));
        }
        try (InputStream yaml = TopologyFile.class.getResourceAsStream("/topologies/" + name + ".yaml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("expected the pattern " + name + " on the class path", unreadable);
        }
    }

    /** @throws InvalidInput with every problem of the file, also if it cannot be read */
    public static Topology read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "no such file", "check the path");
        } catch (CharacterCodingException otherBytes) {
            throw unreadable(file, "other bytes", "");
        } catch (IOException refused) {
            throw unreadable(file, refused.toString(), "check that it is a file and may be read");
        }
    }

    private static InvalidInput unreadable(Path file, String found, String hint) {
        return new InvalidInput(Problem.of(file.toString(), "a file of UTF-8 text", found, hint));
    }

    /**
     * @param file the name that problems are reported under
     * @throws InvalidInput with every problem of the text
     */
    public static Topology parse(String file, String text) {
        return TopologyReader.read(Document.parse(file, text));
    }
}
