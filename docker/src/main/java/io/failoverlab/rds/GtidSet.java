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

    void add(String server, long number) {
        TreeMap<Long, Long> own = runs.computeIfAbsent(server, none -> new TreeMap<>());
        Map.Entry<Long, Long> before = own.floorEntry(number);
        if (before != null && before.getValue() >= number) {
            return;
        }
        long first = before != null && before.getValue() == number - 1 ? before.getKey() : number;
        Long joined = own.remove(number + 1);
        own.put(first, joined == null ? number : joined);
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
