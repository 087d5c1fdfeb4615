package io.failoverlab.live;

import io.failoverlab.alarm.AlarmState;
import io.failoverlab.event.LabEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Something a watcher of the monitor is told. */
public sealed interface LiveMessage {

    /**
     * The datapoints of one second of all {@code AWS/*} and {@code FailoverLab/*} series. Sent shortly after the second ended; if
     * datapoints of it arrive later, another tick of the same second follows, which holds every series of that second again.
     *
     * @param second start of the second
     * @param values one entry for each series that has data in that second
     */
    record Tick(Instant second, List<Series> values) implements LiveMessage {
        public Tick {
            values = List.copyOf(values);
        }
    }

    /**
     * One series in one second.
     *
     * @param unit CloudWatch's StandardUnit, {@code None} where none was given
     * @param p50 median in the unit of the series; empty where only statistic sets were published
     * @param p95 95th percentile, empty as {@code p50}
     * @param p99 99th percentile, empty as {@code p50}
     */
    record Series(
            String namespace,
            String metricName,
            Map<String, String> dimensions,
            String unit,
            double sampleCount,
            double sum,
            double minimum,
            double maximum,
            OptionalDouble p50,
            OptionalDouble p95,
            OptionalDouble p99) {
        public Series {
            dimensions = Map.copyOf(dimensions);
        }
    }

    /** An event of the lab, or an alarm's state change in EventBridge's form. */
    record EventMessage(LabEvent event) implements LiveMessage {}

    /**
     * The present state of an alarm: sent when it is created or redefined and when its state changes.
     *
     * @param reason in CloudWatch's words
     * @param explanation the same for people; may be empty
     * @param since when it entered this state
     * @param namespace of the metric it watches; empty, as are name and dimensions, if it watches several or other alarms
     * @param threshold the condition in words, for example {@code Maximum StatusCheckFailed >= 1 for 1 of 1 periods of 1 s}
     */
    record AlarmMessage(
            String name,
            AlarmState state,
            String reason,
            String explanation,
            Instant since,
            String namespace,
            String metricName,
            Map<String, String> dimensions,
            String threshold)
            implements LiveMessage {
        public AlarmMessage {
            dimensions = Map.copyOf(dimensions);
        }
    }

    /** An alarm was deleted. */
    record AlarmRemoved(String name) implements LiveMessage {}
}
