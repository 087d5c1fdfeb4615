package io.failoverlab.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The orders of one load, read from {@code ledger.csv}, for the set test of Jepsen: every acknowledged write must be in the
 * database, an attempted one may be, nothing else may.
 *
 * @param attempted keys of all orders that were about to be sent
 * @param acknowledged key to the id that the shop answered with
 * @param droppedLines lines at the end of the file that were torn, 0 or 1
 */
public record Ledger(SortedSet<String> attempted, SortedMap<String, Long> acknowledged, int droppedLines) {
    /** The name of the file in the directory of a load. */
    public static final String FILE = "ledger.csv";

    static final String HEADER = "key,state,orderId,epochMillis";
    private static final int FIELDS = 4;

    public Ledger {
        attempted = Collections.unmodifiableSortedSet(new TreeSet<>(attempted));
        acknowledged = Collections.unmodifiableSortedMap(new TreeMap<>(acknowledged));
        if (!attempted.containsAll(acknowledged.keySet())) {
            Set<String> strange = new TreeSet<>(acknowledged.keySet());
            strange.removeAll(attempted);
            throw new IllegalArgumentException("ledger: acknowledged without having been attempted: " + strange);
        }
    }

    /** Orders of which nobody knows whether they were placed: no answer came, or one that says nothing about it. */
    public SortedSet<String> unknown() {
        SortedSet<String> unknown = new TreeSet<>(attempted);
        unknown.removeAll(acknowledged.keySet());
        return unknown;
    }

    /**
     * Reads {@code ledger.csv}; a last line without an end, as a killed generator leaves it, is dropped.
     *
     * @throws IOException if the file cannot be read, or another line of it is not the ledger's; the message names it
     */
    public static Ledger read(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.UTF_8);
        int complete = content.lastIndexOf('\n') + 1;
        List<String> lines = content.substring(0, complete).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + " line 1: expected " + HEADER + ", found "
                    + (lines.isEmpty() ? "nothing" : lines.getFirst()));
        }
        SortedSet<String> attempted = new TreeSet<>();
        SortedMap<String, Long> acknowledged = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!enter(lines.get(i), attempted, acknowledged)) {
                throw new IOException(file + " line " + (i + 1)
                        + ": expected key,attempted,,time or key,acknowledged,id,time, found " + lines.get(i));
            }
        }
        return new Ledger(attempted, acknowledged, complete < content.length() ? 1 : 0);
    }

    private static boolean enter(String line, Set<String> attempted, Map<String, Long> acknowledged) {
        String[] fields = line.split(",", FIELDS);
        if (fields.length == FIELDS && fields[1].equals("attempted")) {
            attempted.add(fields[0]);
            return true;
        }
        if (fields.length == FIELDS && fields[1].equals("acknowledged") && fields[2].matches("\\d{1,18}")) {
            acknowledged.put(fields[0], Long.parseLong(fields[2]));
            return true;
        }
        return false;
    }
}
