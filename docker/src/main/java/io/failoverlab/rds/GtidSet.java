package io.failoverlab.rds;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A set of transactions as MySQL writes it: {@code server:1-5:8,other:1}. */
final class GtidSet {
    private static final Pattern RUN = Pattern.compile("(\\d+)(?:-(\\d+))?");

    /** By server, the last number of each run of numbers by its first. */
    private final Map<String, TreeMap<Long, Long>> runs = new TreeMap<>();

    /** Reads one or several, comma-separated, as MySQL writes them; a tag belongs to its server's name. */
    static GtidSet parse(String text) {
        GtidSet set = new GtidSet();
        for (String ofServer : text.replaceAll("\\s", "").split(",")) {
            String[] parts = ofServer.split(":");
            String name = parts[0];
            for (String part : Arrays.asList(parts).subList(1, parts.length)) {
                if (Character.isDigit(part.charAt(0))) {
                    String[] ends = part.split("-");
                    set.add(name, Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
                } else {
                    name = parts[0] + ":" + part;
                }
            }
        }
        return set;
    }

    void add(String server, long number) {
        add(server, number, number);
    }

    private void add(String server, long from, long to) {
        TreeMap<Long, Long> own = runs.computeIfAbsent(server, none -> new TreeMap<>());
        Map.Entry<Long, Long> before = own.floorEntry(from);
        boolean joins = before != null && before.getValue() >= from - 1;
        long first = joins ? before.getKey() : from;
        long last = joins ? Math.max(to, before.getValue()) : to;
        for (Map.Entry<Long, Long> next = own.ceilingEntry(first);
                next != null && next.getKey() <= last + 1;
                next = own.ceilingEntry(first)) {
            last = Math.max(last, next.getValue());
            own.remove(next.getKey());
        }
        own.put(first, last);
    }

    boolean containsAll(GtidSet other) {
        return other.runs.entrySet().stream().allMatch(server -> {
            TreeMap<Long, Long> own = runs.getOrDefault(server.getKey(), new TreeMap<>());
            return server.getValue().entrySet().stream().allMatch(run -> {
                Map.Entry<Long, Long> around = own.floorEntry(run.getKey());
                return around != null && around.getValue() >= run.getValue();
            });
        });
    }

    /** How many transactions there are in a set that MySQL wrote; names of tags among the numbers count nothing. */
    static long count(String text) {
        return Arrays.stream(text.replaceAll("\\s", "").split("[,:]"))
                .map(RUN::matcher)
                .filter(Matcher::matches)
                .mapToLong(run ->
                        run.group(2) == null ? 1 : Long.parseLong(run.group(2)) - Long.parseLong(run.group(1)) + 1)
                .sum();
    }

    /** What {@code gtid_owned} says, {@code server:7#31}, without the connections that own the transactions. */
    static String withoutOwners(String text) {
        return text.replaceAll("#\\d+|\\s", "");
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    @Override
    public String toString() {
        return runs.entrySet().stream()
                .map(server -> server.getKey() + ":"
                        + server.getValue().entrySet().stream()
                                .map(run -> run.getKey().equals(run.getValue())
                                        ? run.getKey().toString()
                                        : run.getKey() + "-" + run.getValue())
                                .collect(Collectors.joining(":")))
                .collect(Collectors.joining(","));
    }
}
