package io.failoverlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option of every command that shows something: the same as JSON, an object a line. */
final class JsonOption {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Option(names = "--json", description = "As JSON, an object a line.")
    private boolean asked;

    boolean asked() {
        return asked;
    }

    /** A document of several lines as one. */
    static String compact(String document) {
        try {
            return line(JSON.readTree(document));
        } catch (JsonProcessingException noJson) {
            throw new IllegalStateException("expected JSON, found " + document, noJson);
        }
    }

    /** One object as a line. */
    static String line(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("expected what can be written as JSON, found " + value, impossible);
        }
    }

    /**
     * Prints a table, as columns or as an object for each row, with the titles as names: {@code CPU CORES} is {@code cpuCores}.
     *
     * @param rows the titles first
     */
    void print(List<List<String>> rows, Terminal terminal) {
        if (!asked) {
            Table.print(rows, terminal::data);
            return;
        }
        List<String> names = rows.getFirst().stream().map(JsonOption::name).toList();
        for (List<String> row : rows.subList(1, rows.size())) {
            ObjectNode object = JSON.createObjectNode();
            for (int column = 0; column < row.size(); column++) {
                object.put(names.get(column), row.get(column));
            }
            terminal.data(line(object));
        }
    }

    /**
     * One object of names with their values, as a line; a name that comes several times has all of them.
     *
     * @param rows a name and its value each
     */
    static String object(List<List<String>> rows) {
        ObjectNode object = JSON.createObjectNode();
        Map<String, List<String>> values = new LinkedHashMap<>();
        rows.forEach(row -> values.computeIfAbsent(name(row.getFirst()), unseen -> new ArrayList<>())
                .add(row.getLast()));
        values.forEach((name, all) -> {
            if (all.size() == 1) {
                object.put(name, all.getFirst());
            } else {
                all.forEach(object.withArrayProperty(name)::add);
            }
        });
        return line(object);
    }

    private static String name(String title) {
        String[] words = title.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .strip()
                .split(" ");
        StringBuilder name = new StringBuilder(words[0]);
        for (String word : List.of(words).subList(1, words.length)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
