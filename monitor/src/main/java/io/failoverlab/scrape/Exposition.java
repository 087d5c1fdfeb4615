package io.failoverlab.scrape;

import java.util.List;
import java.util.Map;

/**
 * What a target exposed.
 *
 * @param types of the metric families, by family name; a family may lack one
 */
record Exposition(Map<String, Type> types, List<Sample> samples) {
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

    /** Whether the sample only ever grows while its process lives. */
    boolean isCumulative(Sample sample) {
        String name = sample.name();
        if (types.get(name) == Type.COUNTER) {
            return true; // text format 0.0.4: the family has the name of its samples
        }
        return switch (types.getOrDefault(family(name), Type.OTHER)) {
            case COUNTER -> name.endsWith("_total");
            case HISTOGRAM, SUMMARY -> name.endsWith("_count") || name.endsWith("_sum") || name.endsWith("_bucket");
            case GAUGE, OTHER -> false;
        };
    }

    /** When a counter began, which OpenMetrics adds to counters, histograms and summaries. */
    boolean isCreationTime(Sample sample) {
        return sample.name().endsWith("_created") && types.containsKey(family(sample.name()));
    }

    private static String family(String sampleName) {
        int suffix = sampleName.lastIndexOf('_');
        return suffix < 0 ? sampleName : sampleName.substring(0, suffix);
    }
}
