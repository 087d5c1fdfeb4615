package io.failoverlab.metric;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity of a metric: namespace, name and the exact set of dimensions, whose order does not matter. Nothing is aggregated
 * over dimensions: a metric with one dimension more is another metric (CloudWatch User Guide, "Dimensions").
 *
 * <p>It is a key of many maps, all of which are asked for every datapoint: no record, since it keeps its hash code.
 */
public final class MetricId {
    public static final int MAX_NAME_LENGTH = 255;
    public static final int MAX_DIMENSIONS = 30;
    public static final int MAX_DIMENSION_VALUE_LENGTH = 1024;

    private final String namespace;
    private final String name;
    private final SortedMap<String, String> dimensions;
    private final int hash;

    /**
     * @param namespace 1 to 255 characters, not starting with a colon
     * @param name 1 to 255 characters
     * @param dimensions at most 30; names 1 to 255 ASCII characters not starting with a colon, values 1 to 1024 ASCII characters
     */
    public MetricId(String namespace, String name, SortedMap<String, String> dimensions) {
        requireName("namespace", namespace);
        if (namespace.startsWith(":")) {
            throw new IllegalArgumentException("namespace must not start with a colon, found '" + namespace + "'");
        }
        requireName("metric name", name);
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "at most " + MAX_DIMENSIONS + " dimensions, found " + dimensions.size() + " on " + name);
        }
        dimensions.forEach(MetricId::requireDimension);
        this.namespace = namespace;
        this.name = name;
        this.dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
        this.hash = (namespace.hashCode() * 31 + name.hashCode()) * 31 + dimensions.hashCode();
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public SortedMap<String, String> dimensions() {
        return dimensions;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof MetricId that
                        && hash == that.hash
                        && name.equals(that.name)
                        && namespace.equals(that.namespace)
                        && dimensions.equals(that.dimensions);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "MetricId[namespace=" + namespace + ", name=" + name + ", dimensions=" + dimensions + "]";
    }

    public static MetricId of(String namespace, String name, Map<String, String> dimensions) {
        return new MetricId(namespace, name, new TreeMap<>(dimensions));
    }

    private static void requireName(String what, String value) {
        if (value == null || value.isBlank() || value.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAX_NAME_LENGTH + " characters, found '" + value + "'");
        }
    }

    private static void requireDimension(String name, String value) {
        requireName("dimension name", name);
        if (name.startsWith(":") || !isPrintableAscii(name)) {
            throw new IllegalArgumentException(
                    "dimension name must be ASCII and not start with a colon, found '" + name + "'");
        }
        if (value == null
                || value.isBlank()
                || value.length() > MAX_DIMENSION_VALUE_LENGTH
                || !isPrintableAscii(value)) {
            throw new IllegalArgumentException("value of dimension " + name + " must have 1 to "
                    + MAX_DIMENSION_VALUE_LENGTH + " ASCII characters, found '" + value + "'");
        }
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
