package io.failoverlab.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON documents that CloudWatch's API carries as text: StateReasonData and HistoryData. */
final class AlarmDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private AlarmDocuments() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    static ObjectNode reasonData(MetricCondition condition, Evaluation evaluation, Instant now) {
        ObjectNode data = JSON.objectNode().put("version", "1.0").put("queryDate", time(now));
        List<Evaluation.Point> points = evaluation.points();
        if (!points.isEmpty()) {
            data.put("startDate", time(points.getLast().start()));
        }
        switch (condition.source()) {
            case MetricSource source -> {
                source.unit().map(Unit::wireName).ifPresent(unit -> data.put("unit", unit));
                data.put("statistic", source.statistic().toString());
            }
            case MathSource ignored -> {} // CloudWatch writes neither here
        }
        data.put("period", condition.period());
        ArrayNode recent =
                data.putArray("recentDatapoints"); // CloudWatch writes these oldest first, those below newest first
        points.reversed().forEach(point -> recent.add(point.value()));
        data.put("threshold", condition.threshold());
        SortedMap<Instant, ObjectNode> evaluated = new TreeMap<>(Comparator.reverseOrder());
        evaluation
                .missing()
                .forEach(start -> evaluated.put(start, JSON.objectNode().put("timestamp", time(start))));
        points.forEach(point -> {
            ObjectNode datapoint = JSON.objectNode().put("timestamp", time(point.start()));
            point.sampleCount().ifPresent(count -> datapoint.put("sampleCount", count));
            evaluated.put(point.start(), datapoint.put("value", point.value()));
        });
        data.putArray("evaluatedDatapoints").addAll(evaluated.values());
        return data;
    }

    /** The StateReasonData of a composite alarm. */
    static ObjectNode triggeringAlarms(List<Alarm> alarms) {
        ObjectNode data = JSON.objectNode();
        ArrayNode array = data.putArray("triggeringAlarms");
        for (Alarm alarm : alarms) {
            array.addObject()
                    .put("arn", alarm.definition().arn())
                    .putObject("state")
                    .put("value", alarm.status().state().name())
                    .put("timestamp", time(alarm.status().since()));
        }
        return data;
    }

    static ObjectNode stateUpdate(AlarmStatus from, AlarmStatus to) {
        ObjectNode data = JSON.objectNode().put("version", "1.0");
        data.set("oldState", historyState(from));
        data.set("newState", historyState(to));
        return data;
    }

    private static ObjectNode historyState(AlarmStatus status) {
        ObjectNode state =
                JSON.objectNode().put("stateValue", status.state().name()).put("stateReason", status.reason());
        if (!status.reasonData().isEmpty()) {
            state.putRawValue("stateReasonData", new RawValue(status.reasonData()));
        }
        if (!status.explanation().isEmpty()) {
            state.put("explanation", status.explanation());
        }
        return state;
    }

    static ObjectNode action(AlarmAction action, AlarmStatus status, String message) {
        boolean local = action.kind() != AlarmAction.Kind.NOT_LOCAL;
        ObjectNode data = JSON.objectNode();
        data.put("actionState", local ? "Succeeded" : "Failed");
        data.put("stateUpdateTimestamp", status.since().toEpochMilli());
        data.put("notificationResource", action.arn());
        boolean published = action.kind() == AlarmAction.Kind.TOPIC;
        data.put(
                "publishedMessage",
                published ? JSON.objectNode().put("default", message).toString() : null);
        return data.put("error", local ? null : "not performed locally: this monitor runs on one machine");
    }
}
