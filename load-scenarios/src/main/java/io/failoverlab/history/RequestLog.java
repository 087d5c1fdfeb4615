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

/**
 * The request samples as {@code requests.csv}, one line a request:
 * {@code name,startEpochMillis,endEpochMillis,ok,status,error}, the form in which the load generator writes them. Texts are
 * quoted where they hold a comma, a quote or a line break (RFC 4180); line breaks inside are written as a blank, so that a
 * line is always one request and a torn file costs one line.
 */
public final class RequestLog {
    static final String HEADER = "name,startEpochMillis,endEpochMillis,ok,status,error";
    private static final int FIELDS = 6;

    private RequestLog() {}

    /**
     * Reads samples.
     *
     * @param origin the start of the load, from which the samples' start is counted
     * @param damage gets a sentence where the last line is torn, as a killed writer leaves it
     * @throws UnreadableHistoryException if any other line is not a sample; the message names it
     */
    public static List<RequestSample> read(Path file, Instant origin, List<String> damage) throws IOException {
        String content = Files.readString(file, StandardCharsets.UTF_8);
        boolean torn = !content.isEmpty() && !content.endsWith("\n");
        List<String> lines = content.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new UnreadableHistoryException(
                    file.getFileName() + " line 1: expected " + HEADER + ", found "
                            + (lines.isEmpty() ? "an empty file" : lines.getFirst()),
                    null);
        }
        int complete = torn ? lines.size() - 1 : lines.size();
        List<RequestSample> samples = new ArrayList<>(complete);
        for (int i = 1; i < complete; i++) {
            try {
                samples.add(sample(fields(lines.get(i)), origin));
            } catch (IllegalArgumentException refused) {
                throw new UnreadableHistoryException(
                        file.getFileName() + " line " + (i + 1) + ": " + refused.getMessage(), refused);
            }
        }
        if (torn) {
            damage.add(file.getFileName() + " line " + lines.size() + ": the last line is torn; left out");
        }
        return samples;
    }

    static void write(Path file, List<RequestSample> samples, Instant origin) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER + "\n");
            for (RequestSample sample : samples) {
                out.write(line(sample, origin.toEpochMilli()));
            }
        }
    }

    private static String line(RequestSample sample, long origin) {
        return String.join(
                        ",",
                        quoted(sample.name()),
                        Long.toString(origin + sample.start().toMillis()),
                        Long.toString(origin + sample.end().toMillis()),
                        Boolean.toString(sample.ok()),
                        Integer.toString(sample.status()),
                        quoted(sample.error()))
                + "\n";
    }

    private static RequestSample sample(List<String> fields, Instant origin) {
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("expected " + FIELDS + " fields, found " + fields.size());
        }
        long start = Long.parseLong(fields.get(1));
        long end = Long.parseLong(fields.get(2));
        String ok = fields.get(3);
        if (!ok.equals("true") && !ok.equals("false")) {
            throw new IllegalArgumentException("ok: expected true or false, found \"" + ok + '"');
        }
        return new RequestSample(
                fields.get(0),
                Duration.ofMillis(start - origin.toEpochMilli()),
                Duration.ofMillis(end - start),
                ok.equals("true"),
                Integer.parseInt(fields.get(4)),
                fields.get(5));
    }

    private static String quoted(String text) {
        String line = text.replaceAll("[\r\n]+", " ");
        return line.contains(",") || line.contains("\"") ? '"' + line.replace("\"", "\"\"") + '"' : line;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(FIELDS);
        StringBuilder field = new StringBuilder();
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && inQuotes && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == ',' && !inQuotes) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
