package io.failoverlab.metric;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Reads datapoints back, rolled up to any period. */
public interface MetricReader {
    /** The windows that have data, by their start. Everything accepted so far is seen. */
    SortedMap<Instant, Aggregate> read(MetricQuery query);

    /** The units in which datapoints of the metric were ever published. */
    Set<Unit> units(MetricId metric);

    /** All metrics of this namespace and name, whatever their dimensions, with the time of the newest datapoint of each. */
    Map<MetricId, Instant> lastSeen(String namespace, String name);
}
