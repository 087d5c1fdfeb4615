package io.failoverlab.metric;

import java.util.List;

/** Takes datapoints in, from any thread; alarms on them have been evaluated when it returns. */
@FunctionalInterface
public interface MetricSink {
    void accept(List<Datum> data);
}
