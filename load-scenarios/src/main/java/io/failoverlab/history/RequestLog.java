package io.failoverlab.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        boolean torn = isTorn(file);
        Samples samples = new Samples(origin);
        int number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            if (!HEADER.equals(header)) {
                throw new UnreadableHistoryException(
                        file.getFileName() + " line 1: expected " + HEADER + ", found "
                                + (header == null ? "an empty file" : header),
                        null);
            }
            String line = lines.readLine();
            while (line != null) {
                number++;
                String next = lines.readLine();
                if (next != null || !torn) {
                    samples.add(line, file.getFileName() + " line " + number);
                }
                line = next;
            }
        }
        if (torn) {
            damage.add(file.getFileName() + " line " + number + ": the last line is torn; left out");
        }
        return samples.all;
    }

    /** A file that a killed writer left ends within a line. */
    private static boolean isTorn(Path file) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            if (bytes.size() == 0) {
                return false;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }

    /** The samples of a file, among which few texts are different. */
    private static final class Samples {
        /** An error with a changing part must not fill the memory with what is never seen again. */
        private static final int MOST_TEXTS = 1_000;

        private final Instant origin;
        private final List<RequestSample> all = new ArrayList<>();
        private final Map<String, String> texts = new HashMap<>();

        Samples(Instant origin) {
            this.origin = origin;
        }

        void add(String line, String place) throws UnreadableHistoryException {
            try {
                all.add(sample(fields(line)));
            } catch (IllegalArgumentException refused) {
                throw new UnreadableHistoryException(place + ": " + refused.getMessage(), refused);
            }
        }

        private RequestSample sample(List<String> fields) {
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
                    same(fields.get(0)),
                    Duration.ofMillis(start - origin.toEpochMilli()),
                    Duration.ofMillis(end - start),
                    ok.equals("true"),
                    Integer.parseInt(fields.get(4)),
                    same(fields.get(5)));
        }

        private String same(String text) {
            String known = texts.get(text);
            if (known != null) {
                return known;
            }
            if (texts.size() < MOST_TEXTS) {
                texts.put(text, text);
            }
            return text;
        }
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
