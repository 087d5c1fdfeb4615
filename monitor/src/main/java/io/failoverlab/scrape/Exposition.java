package io.failoverlab.scrape;

import java.util.List;
import java.util.Map;

/**
 * What a target exposed.
 *
 * @param types of the metric families, by family name; a family may lack one
 * @param prefixes the line of each sample up to its value, by which it is known again in the next scrape
 */
record Exposition(Map<String, Type> types, List<Sample> samples, List<String> prefixes) {
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        OTHER
    }

    /** A line: a series and its value. Timestamps and exemplars are not kept. */
    record Sample(String name, Map<String, String> labels, double value) {
        Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** What a sample is for its family. */
    enum Part {
        /** Of its own: a gauge, or a quantile of a summary. */
        VALUE,
        /** Only ever grows while its process lives. */
        COUNTER,
        HISTOGRAM_BUCKET,
        HISTOGRAM_COUNT,
        HISTOGRAM_SUM,
        /** When a counter began, which OpenMetrics adds to counters, histograms and summaries; or a bucket of no histogram. */
        NOTHING
    }

    Part part(Sample sample) {
        String name = sample.name();
        Type own = types.get(name); // text format 0.0.4: the family has the name of its samples
        if (own == Type.COUNTER) {
            return Part.COUNTER;
        }
        if (own == Type.GAUGE) {
            return Part.VALUE; // even if its name looks like a part of another family
        }
        String family = family(name);
        if (name.endsWith("_created") && types.containsKey(family)) {
            return Part.NOTHING;
        }
        return switch (types.getOrDefault(family, Type.OTHER)) {
            case COUNTER -> name.endsWith("_total") ? Part.COUNTER : Part.VALUE;
            case SUMMARY -> name.endsWith("_count") || name.endsWith("_sum") ? Part.COUNTER : Part.VALUE;
            case HISTOGRAM -> histogramPart(sample);
            case GAUGE, OTHER -> sample.labels().containsKey("le") ? Part.NOTHING : Part.VALUE;
        };
    }

    private static Part histogramPart(Sample sample) {
        String name = sample.name();
        if (name.endsWith("_bucket")) {
            return sample.labels().containsKey("le") ? Part.HISTOGRAM_BUCKET : Part.NOTHING;
        }
        if (name.endsWith("_count")) {
            return Part.HISTOGRAM_COUNT;
        }
        return name.endsWith("_sum") ? Part.HISTOGRAM_SUM : Part.VALUE;
    }

    /** The name without what follows its last underscore. */
    static String family(String sampleName) {
        int suffix = sampleName.lastIndexOf('_');
        return suffix < 0 ? sampleName : sampleName.substring(0, suffix);
    }
}
