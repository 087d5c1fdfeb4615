package io.failoverlab.scrape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Targets in a file of Prometheus's {@code file_sd} JSON format. It is read again when its content changed; until it can be read the
 * targets stay what they were.
 */
public final class TargetFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private String content = "";
    private List<Target> targets = List.of();

    public TargetFile(Path file) {
        this.file = file;
    }

    /** No file means no targets. */
    synchronized List<Target> targets() throws IOException {
        String now;
        try {
            now = Files.readString(file);
        } catch (NoSuchFileException e) {
            now = "[]";
        }
        if (!now.equals(content)) {
            targets = parse(now);
            content = now;
        }
        return targets;
    }

    private List<Target> parse(String json) throws IOException {
        try {
            JsonNode groups = JSON.readTree(json);
            if (!groups.isArray()) {
                throw new IllegalArgumentException("expected a JSON array of groups, found " + groups.getNodeType());
            }
            List<Target> found = new ArrayList<>();
            for (JsonNode group : groups) {
                SortedMap<String, String> labels = new TreeMap<>();
                group.path("labels")
                        .properties()
                        .forEach(entry ->
                                labels.put(entry.getKey(), entry.getValue().asText()));
                for (JsonNode address : group.path("targets")) {
                    found.add(target(address.asText(), labels));
                }
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new IOException("Scrape targets in " + file + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("Scrape targets in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Labels with two leading underscores are meant for the scraper: {@code __scheme__} and {@code __metrics_path__}. */
    private static Target target(String address, Map<String, String> labels) {
        SortedMap<String, String> dimensions = new TreeMap<>(labels);
        dimensions.keySet().removeIf(name -> name.startsWith("__"));
        String url = labels.getOrDefault("__scheme__", "http") + "://" + address
                + labels.getOrDefault("__metrics_path__", "/metrics");
        try {
            return new Target(new URI(url), dimensions);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a target is host:port, found '" + address + "'", e);
        }
    }
}
