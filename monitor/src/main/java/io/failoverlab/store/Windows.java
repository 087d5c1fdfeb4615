package io.failoverlab.store;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.Rollup;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up datapoints in the windows of a query. */
final class Windows implements Points.PointConsumer {
    private final MetricQuery query;
    private final long start;
    private final Map<Long, Rollup> windows = new HashMap<>();
    /** Datapoints mostly come by time, many for one window. */
    private long lastIndex = -1;

    private Rollup last;

    Windows(MetricQuery query) {
        this.query = query;
        this.start = query.start().getEpochSecond();
    }

    long from() {
        return start;
    }

    /** Excluded. */
    long to() {
        return query.end().getEpochSecond();
    }

    boolean values() {
        return query.distributions();
    }

    @Override
    public void accept(long time, Aggregate value) {
        long index = (time - start) / query.period();
        if (index != lastIndex) {
            lastIndex = index;
            last = windows.computeIfAbsent(index, i -> new Rollup(query.distributions()));
        }
        last.add(value);
    }

    SortedMap<Instant, Aggregate> toMap() {
        SortedMap<Instant, Aggregate> map = new TreeMap<>();
        windows.forEach((index, window) ->
                map.put(Instant.ofEpochSecond(start + index * query.period()), window.toAggregate()));
        return map;
    }
}
