package io.failoverlab.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What clients came to know of items as {@code items.csv}, one line an answer, in the form in which the load generator writes it. */
public final class ItemVersionLog {
    /** The name of the file in the directory of a load and of a run. */
    public static final String FILE = "items.csv";

    /** The first line. */
    public static final String HEADER = "item,version,changed,startEpochMillis,endEpochMillis";

    private static final int FIELDS = 5;

    private ItemVersionLog() {}

    /** One line, with its end. */
    public static String line(long item, long version, boolean changed, long startMillis, long endMillis) {
        return item + "," + version + "," + changed + "," + startMillis + "," + endMillis + "\n";
    }

    /**
     * Reads them; none if there is no such file, as in a run of an older version of the lab.
     *
     * @param origin the start of the load
     * @param damage gets a sentence where the last line is torn, as a killed writer leaves it
     * @throws UnreadableHistoryException if any other line is not of this form; the message names it
     */
    public static List<ItemVersion> read(Path directory, Instant origin, List<String> damage) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        String content = Files.readString(file, StandardCharsets.UTF_8);
        List<String> lines = content.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new UnreadableHistoryException(
                    FILE + " line 1: expected " + HEADER + ", found "
                            + (lines.isEmpty() ? "an empty file" : lines.getFirst()),
                    null);
        }
        boolean torn = !content.endsWith("\n");
        List<ItemVersion> versions = new ArrayList<>();
        for (int i = 1; i < (torn ? lines.size() - 1 : lines.size()); i++) {
            try {
                versions.add(version(lines.get(i).split(",", -1), origin.toEpochMilli()));
            } catch (IllegalArgumentException refused) {
                throw new UnreadableHistoryException(FILE + " line " + (i + 1) + ": " + refused.getMessage(), refused);
            }
        }
        if (torn) {
            damage.add(FILE + " line " + lines.size() + ": the last line is torn; left out");
        }
        return versions;
    }

    private static ItemVersion version(String[] fields, long origin) {
        if (fields.length != FIELDS || !fields[2].matches("true|false")) {
            throw new IllegalArgumentException("expected " + HEADER + ", found " + String.join(",", fields));
        }
        return new ItemVersion(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Boolean.parseBoolean(fields[2]),
                Duration.ofMillis(Long.parseLong(fields[3]) - origin),
                Duration.ofMillis(Long.parseLong(fields[4]) - origin));
    }

    static void write(Path file, List<ItemVersion> versions, Instant origin) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER + "\n");
            for (ItemVersion it : versions) {
                out.write(line(
                        it.item(),
                        it.version(),
                        it.changed(),
                        origin.toEpochMilli() + it.start().toMillis(),
                        origin.toEpochMilli() + it.end().toMillis()));
            }
        }
    }
}
