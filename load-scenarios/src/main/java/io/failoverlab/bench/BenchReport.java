package io.failoverlab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found, as a table and as JSON.
 *
 * @param notes what one must know to read the figures, a sentence each
 * @param versions of whatever took part
 * @param repeat the command that measures the same again
 */
public record BenchReport(List<Row> rows, List<String> notes, Map<String, String> versions, String repeat) {
    private static final List<String> HEADER =
            List.of("FIGURE", "UNIT", "OF", "MIN", "MEDIAN", "P99", "MAX", "COUNT", "RATIO", "AIM", "");

    public BenchReport {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
        versions = Map.copyOf(versions);
    }

    /** Rows of cells, the first of which are the columns' names. */
    public List<List<String>> table() {
        List<List<String>> table = new ArrayList<>();
        table.add(HEADER);
        for (Row row : rows) {
            Spread spread = row.spread();
            table.add(List.of(
                    row.figure().title(),
                    row.figure().unit(),
                    row.subject(),
                    Numbers.text(spread.min()),
                    Numbers.text(spread.median()),
                    Numbers.text(spread.p99()),
                    Numbers.text(spread.max()),
                    count(row),
                    row.ratio().isPresent() ? Numbers.text(row.ratio().getAsDouble()) : "-",
                    row.aim().toString(),
                    word(row)));
        }
        return table;
    }

    private static String count(Row row) {
        int count = row.spread().count();
        return count == row.attempts() ? Integer.toString(count) : count + " of " + row.attempts();
    }

    private static String word(Row row) {
        if (!row.hasAim()) {
            return "";
        }
        return row.isAimMet() ? "met" : "missed";
    }

    /** For programs; units are those of the table. */
    public void write(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        ArrayNode figures = root.putArray("figures");
        for (Row row : rows) {
            Spread spread = row.spread();
            ObjectNode node = figures.addObject()
                    .put("figure", row.figure().name())
                    .put("title", row.figure().title())
                    .put("unit", row.figure().unit())
                    .put("of", row.subject())
                    .put("min", spread.min())
                    .put("median", spread.median())
                    .put("p99", spread.p99())
                    .put("max", spread.max())
                    .put("count", spread.count())
                    .put("attempts", row.attempts());
            row.ratio().ifPresent(ratio -> node.put("ratio", ratio));
            if (row.hasAim()) {
                node.put("aim", row.aim().toString()).put("aimMet", row.isAimMet());
            }
        }
        notes.forEach(root.putArray("notes")::add);
        ObjectNode with = root.putObject("versions");
        versions.forEach(with::put);
        root.put("repeat", repeat);
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
