package io.failoverlab.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the script of the page draws, as JSON: points of the charts, marks and bands; everything else is plain HTML. */
final class ChartData {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ChartData() {}

    static String json(History history, Axis axis, List<Seconds.Point> points) {
        ObjectNode json = MAPPER.createObjectNode().put("end", axis.end()).put("step", axis.step());
        json.put("judgedFrom", judgedFrom(history, axis));
        json.set("at", column(points, Seconds.Point::from));
        json.set("ok", column(points, Seconds.Point::ok));
        json.set("failed", column(points, Seconds.Point::failed));
        json.set("p50", column(points, point -> point.percentile(50)));
        json.set("p95", column(points, point -> point.percentile(95)));
        json.set("p99", column(points, point -> point.percentile(99)));
        json.set("max", column(points, point -> point.percentile(100)));
        json.set("cpu", cpu(history, axis));
        json.set("marks", marks(history));
        json.set("bands", bands(history, axis));
        return json.toString();
    }

    private static double judgedFrom(History history, Axis axis) {
        return history.events(Event.JudgingStarted.class)
                .map(judging -> Axis.seconds(judging.at()))
                .findFirst()
                .orElse(axis.end());
    }

    private static ArrayNode column(List<Seconds.Point> points, Function<Seconds.Point, Long> value) {
        ArrayNode column = MAPPER.createArrayNode();
        points.forEach(point -> column.add(value.apply(point)));
        return column;
    }

    /** Per instance one value a point: the mean of its samples, null where there are none. */
    private static ArrayNode cpu(History history, Axis axis) {
        Map<String, double[]> sums = new TreeMap<>();
        Map<String, int[]> counts = new TreeMap<>();
        history.events(MetricSample.class)
                .filter(sample -> sample.metric().equals(MetricSample.CPU_UTILIZATION))
                .forEach(sample -> {
                    int point = axis.pointOf(sample.at());
                    if (point >= 0 && point < axis.points()) {
                        sums.computeIfAbsent(sample.instance(), name -> new double[axis.points()])[point] +=
                                sample.value();
                        counts.computeIfAbsent(sample.instance(), name -> new int[axis.points()])[point]++;
                    }
                });
        ArrayNode instances = MAPPER.createArrayNode();
        sums.forEach((name, values) -> {
            ObjectNode instance = instances.addObject().put("name", name);
            ArrayNode column = instance.putArray("values");
            for (int i = 0; i < values.length; i++) {
                int count = counts.get(name)[i];
                column.add(
                        count == 0
                                ? JsonNodeFactory.instance.nullNode()
                                : JsonNodeFactory.instance.numberNode(Math.round(10 * values[i] / count) / 10.0));
            }
        });
        return instances;
    }

    private static ArrayNode marks(History history) {
        ArrayNode marks = MAPPER.createArrayNode();
        for (Event event : history.events()) {
            if (event instanceof Event.FaultInjected) {
                mark(marks, event.at(), "fault");
            } else if (event instanceof Event.FaultHealed) {
                mark(marks, event.at(), "healed");
            } else if (event instanceof Event.AlarmStateChanged change
                    && !change.at().isNegative()) {
                mark(marks, change.at(), Lanes.alarmClass(change.to()));
            }
        }
        return marks;
    }

    private static void mark(ArrayNode marks, Duration at, String kind) {
        marks.addObject().put("at", Axis.seconds(at)).put("kind", kind);
    }

    private static ArrayNode bands(History history, Axis axis) {
        ArrayNode bands = MAPPER.createArrayNode();
        Lanes.faults(history, axis)
                .forEach(band -> bands.addObject().put("from", band.from()).put("to", band.to()));
        return bands;
    }
}
