package io.failoverlab.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.event.EventJson;
import io.failoverlab.live.LiveMessage;
import io.failoverlab.live.LiveMessage.AlarmMessage;
import io.failoverlab.live.LiveMessage.AlarmRemoved;
import io.failoverlab.live.LiveMessage.EventMessage;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The messages of the feed as the page reads them. Each is an object with a {@code type}:
 *
 * <pre>
 * {"type":"tick","seconds":[S],"series":[{"namespace","metricName","dimensions":{},"unit","points":[POINT]}]}
 * {"type":"event","event":{"time","source","detailType","resources":[],"detail":{}}}
 * {"type":"alarm","alarm":{"name","state","reason","explanation","since","namespace","metricName","dimensions":{},"threshold"}}
 * {"type":"alarm-removed","name"}
 * {"type":"snapshot","resumed":false,"seconds":[S…],"series":[…],"events":[…],"alarms":[…]}
 * {"type":"past","seconds":[S…],"series":[…]}
 * </pre>
 *
 * S is a second since the epoch, POINT is {@code [S, sampleCount, sum, minimum, maximum, p50, p99, p95]}, of which the last three are
 * null where only statistic sets were published; other times are
 * ISO-8601. A snapshot says the name of a series once, not once a second: it is a fifth of the size. A second in {@code seconds}
 * without a point is one in which the series had no data, which is not the same as zero.
 */
final class LiveJson {
    private final JsonMapper mapper = new JsonMapper();

    /** A message as its type and JSON text. */
    record Encoded(String type, String json) {}

    Encoded message(LiveMessage message) {
        return switch (message) {
            case Tick tick -> encoded("tick", putTicks(typed("tick"), List.of(tick)));
            case EventMessage event -> {
                ObjectNode node = typed("event");
                node.set("event", EventJson.write(event.event()));
                yield encoded("event", node);
            }
            case AlarmMessage alarm -> {
                ObjectNode node = typed("alarm");
                node.set("alarm", alarm(alarm));
                yield encoded("alarm", node);
            }
            case AlarmRemoved removed ->
                encoded("alarm-removed", typed("alarm-removed").put("name", removed.name()));
        };
    }

    /** @param resumed whether the page keeps the seconds it has, since these follow them */
    Encoded snapshot(List<LiveMessage> messages, boolean resumed) {
        Map<Instant, Tick> ticks = new TreeMap<>();
        Map<String, AlarmMessage> alarms = new LinkedHashMap<>();
        ObjectNode node = typed("snapshot").put("resumed", resumed);
        ArrayNode events = mapper.createArrayNode();
        for (LiveMessage message : messages) {
            switch (message) {
                case Tick tick -> ticks.put(tick.second(), tick);
                case EventMessage event -> events.add(EventJson.write(event.event()));
                case AlarmMessage alarm -> alarms.put(alarm.name(), alarm);
                case AlarmRemoved removed -> alarms.remove(removed.name());
            }
        }
        putTicks(node, List.copyOf(ticks.values()));
        node.set("events", events);
        ArrayNode alarmList = node.putArray("alarms");
        alarms.values().forEach(alarm -> alarmList.add(alarm(alarm)));
        return encoded("snapshot", node);
    }

    /** Seconds before those that the page has. */
    Encoded past(List<Tick> ticks) {
        return encoded("past", putTicks(typed("past"), ticks));
    }

    private ObjectNode putTicks(ObjectNode node, List<Tick> ticks) {
        record Name(String namespace, String metricName, Map<String, String> dimensions, String unit) {}
        ArrayNode seconds = node.putArray("seconds");
        ArrayNode seriesList = node.putArray("series");
        Map<Name, ArrayNode> points = new LinkedHashMap<>();
        for (Tick tick : ticks) {
            seconds.add(tick.second().getEpochSecond());
            for (Series series : tick.values()) {
                Name name = new Name(series.namespace(), series.metricName(), series.dimensions(), series.unit());
                points.computeIfAbsent(name, unseen -> {
                            ObjectNode entry = seriesList.addObject();
                            entry.put("namespace", series.namespace()).put("metricName", series.metricName());
                            putStrings(entry.putObject("dimensions"), series.dimensions());
                            return entry.put("unit", series.unit()).putArray("points");
                        })
                        .add(point(tick.second(), series));
            }
        }
        return node;
    }

    private ArrayNode point(Instant second, Series series) {
        ArrayNode point = mapper.createArrayNode().add(second.getEpochSecond());
        for (double value : new double[] {series.sampleCount(), series.sum(), series.minimum(), series.maximum()}) {
            addNumber(point, value);
        }
        addOptional(point, series.p50());
        addOptional(point, series.p99());
        addOptional(point, series.p95());
        return point;
    }

    private static void addOptional(ArrayNode point, OptionalDouble value) {
        if (value.isPresent()) {
            addNumber(point, value.getAsDouble());
        } else {
            point.addNull();
        }
    }

    /** Most values are counts, and 300 is shorter than 300.0. */
    private static void addNumber(ArrayNode point, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            point.add((long) value);
        } else {
            point.add(value);
        }
    }

    private ObjectNode alarm(AlarmMessage alarm) {
        ObjectNode node = mapper.createObjectNode()
                .put("name", alarm.name())
                .put("state", alarm.state().name())
                .put("reason", alarm.reason())
                .put("explanation", alarm.explanation())
                .put("since", alarm.since().toString())
                .put("namespace", alarm.namespace())
                .put("metricName", alarm.metricName());
        putStrings(node.putObject("dimensions"), alarm.dimensions());
        return node.put("threshold", alarm.threshold());
    }

    /** Sorted, so that equal messages are equal texts. */
    private static void putStrings(ObjectNode node, Map<String, String> strings) {
        new TreeMap<>(strings).forEach(node::put);
    }

    private ObjectNode typed(String type) {
        return mapper.createObjectNode().put("type", type);
    }

    private Encoded encoded(String type, ObjectNode node) {
        try {
            return new Encoded(type, mapper.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes could not be written; this is a bug", e);
        }
    }
}
