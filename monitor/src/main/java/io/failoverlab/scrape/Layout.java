package io.failoverlab.scrape;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import io.failoverlab.scrape.Exposition.Part;
import io.failoverlab.scrape.Exposition.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which series a target exposes, in the order of its text, and what becomes of them. A target writes the same lines in each scrape
 * but for the numbers, so that the names and labels need to be understood only when a series comes or goes.
 */
final class Layout {
    static final String NAMESPACE = "Prometheus";

    /** Tells by its value that all counters began again, even those that grew beyond what they were. */
    private static final String PROCESS_START = "process_start_time_seconds";

    private final Target target;
    private final byte[][] prefixes;
    private final List<SeriesKey> keys;
    private final List<Reader> readers = new ArrayList<>();
    /** Sample of the time at which the process began, or negative if it does not tell. */
    private final int processStart;

    private int unusable;

    /** What a series is known by, whatever the order of its labels. */
    record SeriesKey(String name, Map<String, String> labels) {}

    /** The samples of one histogram, as they are found. */
    private static final class Parts {
        private final SortedMap<Double, Integer> countByBound = new TreeMap<>();
        private Integer sum;
        private Integer count;
    }

    Layout(Target target, Exposition exposition) {
        this.target = target;
        this.prefixes = exposition.prefixes().stream()
                .map(prefix -> prefix.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        this.keys = exposition.samples().stream()
                .map(sample -> new SeriesKey(sample.name(), sample.labels()))
                .toList();
        this.processStart = keys.indexOf(new SeriesKey(PROCESS_START, Map.of()));
        Map<SeriesKey, Parts> histograms = new LinkedHashMap<>();
        for (int i = 0; i < exposition.samples().size(); i++) {
            Sample sample = exposition.samples().get(i);
            Part part = exposition.part(sample);
            int at = i;
            switch (part) {
                case VALUE -> stream(keys.get(at)).ifPresent(stream -> readers.add(new Reader.Value(stream, at)));
                case COUNTER -> stream(keys.get(at)).ifPresent(stream -> readers.add(new Reader.Counter(stream, at)));
                case HISTOGRAM_BUCKET, HISTOGRAM_COUNT, HISTOGRAM_SUM ->
                    add(histograms.computeIfAbsent(histogram(sample), key -> new Parts()), part, sample, at);
                case NOTHING -> {
                    // no datapoint comes of it
                }
            }
        }
        histograms.forEach(this::addHistogram);
    }

    private static SeriesKey histogram(Sample sample) {
        Map<String, String> labels = new HashMap<>(sample.labels());
        labels.remove("le");
        return new SeriesKey(Exposition.family(sample.name()), Map.copyOf(labels));
    }

    private void add(Parts parts, Part part, Sample sample, int at) {
        switch (part) {
            case HISTOGRAM_BUCKET -> {
                try {
                    parts.countByBound.put(
                            PrometheusText.parseNumber(sample.labels().get("le")), at);
                } catch (NumberFormatException noBound) {
                    unusable++;
                }
            }
            case HISTOGRAM_COUNT -> parts.count = at;
            case HISTOGRAM_SUM -> parts.sum = at;
            case VALUE, COUNTER, NOTHING -> throw new IllegalArgumentException("expected a part of a histogram");
        }
    }

    private void addHistogram(SeriesKey key, Parts parts) {
        if (parts.count != null) {
            parts.countByBound.putIfAbsent(Double.POSITIVE_INFINITY, parts.count);
        }
        if (parts.sum == null || !parts.countByBound.containsKey(Double.POSITIVE_INFINITY)) {
            unusable++;
            return;
        }
        double[] bounds =
                parts.countByBound.keySet().stream().mapToDouble(bound -> bound).toArray();
        int[] counts =
                parts.countByBound.values().stream().mapToInt(sample -> sample).toArray();
        stream(key)
                .ifPresent(stream -> readers.add(new Reader.Histogram(stream, new Buckets(bounds), counts, parts.sum)));
    }

    /** The target's labels win; a sample's label of the same name is kept with the prefix that Prometheus gives it. */
    private Optional<MetricStream> stream(SeriesKey key) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        key.labels().forEach((name, value) -> {
            if (!value.isBlank()) { // Prometheus: an empty label is no label
                dimensions.put(target.labels().containsKey(name) ? "exported_" + name : name, value);
            }
        });
        dimensions.putAll(target.labels());
        try {
            return Optional.of(new MetricStream(new MetricId(NAMESPACE, key.name(), dimensions), Unit.NONE));
        } catch (IllegalArgumentException e) {
            unusable++;
            return Optional.empty();
        }
    }

    List<Reader> readers() {
        return readers;
    }

    int samples() {
        return prefixes.length;
    }

    /** How many series cannot be a metric of CloudWatch, by their names or labels. */
    int unusable() {
        return unusable;
    }

    /** The numbers in a text of this layout, or null if it has another. */
    double[] numbers(byte[] body) {
        double[] numbers = new double[prefixes.length];
        int found = 0;
        int at = 0;
        while (at < body.length) {
            at = skipBlanks(body, at);
            int end = lineEnd(body, at);
            if (at < end && body[at] != '#') {
                if (found == prefixes.length || !startsWith(body, at, end, prefixes[found])) {
                    return null;
                }
                try {
                    numbers[found] = number(body, at + prefixes[found].length, end);
                } catch (NumberFormatException malformed) {
                    return null; // whoever parses it says where
                }
                found++;
            }
            at = end + 1;
        }
        return found == prefixes.length ? numbers : null;
    }

    private static boolean startsWith(byte[] body, int from, int end, byte[] prefix) {
        return end - from >= prefix.length && Arrays.equals(body, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static double number(byte[] body, int from, int lineEnd) {
        int end = from;
        while (end < lineEnd && body[end] != ' ' && body[end] != '\t' && body[end] != '\r') {
            end++;
        }
        double plain = PlainNumber.parse(body, from, end);
        return Double.isNaN(plain)
                ? PrometheusText.parseNumber(new String(body, from, end - from, StandardCharsets.ISO_8859_1))
                : plain;
    }

    private static int skipBlanks(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static int lineEnd(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    /**
     * The numbers of the scrape before, as they are to be compared with: zero for a series that was not in it, and for all if the
     * process began again since.
     */
    double[] comparable(double[] now, Layout layoutBefore, double[] before) {
        double[] same = layoutBefore == this ? before : layoutBefore.rearranged(before, this);
        boolean began = processStart >= 0 && same[processStart] != 0 && same[processStart] != now[processStart];
        return began ? new double[now.length] : same;
    }

    private double[] rearranged(double[] numbers, Layout other) {
        Map<SeriesKey, Double> byKey = new HashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            byKey.put(keys.get(i), numbers[i]);
        }
        return other.keys.stream()
                .mapToDouble(key -> byKey.getOrDefault(key, 0.0))
                .toArray();
    }
}
