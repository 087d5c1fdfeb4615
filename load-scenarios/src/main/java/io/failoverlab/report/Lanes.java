package io.failoverlab.report;

import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.TargetState;
import io.failoverlab.verdict.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lanes over the charts: the faults, the targets by zone, what the balancer served, the alarms, on one axis. */
final class Lanes {

    /**
     * A stretch of a lane.
     *
     * @param from seconds since the start of the load
     * @param to seconds since the start of the load
     * @param style class for its colour and pattern
     * @param text what it says; colour is never the only sign
     */
    record Stretch(double from, double to, String style, String text) {}

    /** A point at which something takes a new value, which it keeps until the next one. */
    private record Change(Duration at, String style, String text) {}

    private Lanes() {}

    static String html(History history, Axis axis) {
        StringBuilder html = new StringBuilder();
        group(html, "Faults", Map.of("", faults(history, axis)));
        group(html, "FIS actions", actions(history, axis));
        byZone(history, axis).forEach((zone, targets) -> group(html, zone, targets));
        group(html, "In rotation", rotation(history, axis));
        group(html, "Alarms", alarms(history, axis));
        return html.toString();
    }

    /** From injecting to healing; a fault that was not healed lasts to the end, one without effect is a moment. */
    static List<Stretch> faults(History history, Axis axis) {
        return history.events(FaultInjected.class)
                .map(fault -> new Stretch(
                        Axis.seconds(fault.at()),
                        fault.tookEffect()
                                ? healed(history, fault).map(Axis::seconds).orElse(axis.end())
                                : Axis.seconds(fault.at()),
                        "fault",
                        fault.fault() + " of " + fault.instance() + (fault.tookEffect() ? "" : " without effect")))
                .toList();
    }

    static String alarmClass(AlarmState state) {
        return switch (state) {
            case OK -> "ok";
            case ALARM -> "alarm";
            case INSUFFICIENT_DATA -> "nodata";
        };
    }

    private static Optional<Duration> healed(History history, FaultInjected fault) {
        return history.events(FaultHealed.class)
                .filter(healed -> healed.instance().equals(fault.instance())
                        && healed.fault().equals(fault.fault())
                        && healed.at().compareTo(fault.at()) >= 0)
                .map(FaultHealed::at)
                .findFirst();
    }

    private static Map<String, Map<String, List<Stretch>>> byZone(History history, Axis axis) {
        Map<String, Map<String, List<Change>>> changes = new TreeMap<>();
        history.events(TargetStateChanged.class)
                .forEach(change -> changes.computeIfAbsent(change.zone(), zone -> new TreeMap<>())
                        .computeIfAbsent(change.instance(), instance -> new ArrayList<>())
                        .add(new Change(
                                change.at(),
                                targetClass(change.to()),
                                change.to().toString())));
        Map<String, Map<String, List<Stretch>>> zones = new LinkedHashMap<>();
        changes.forEach((zone, targets) -> zones.put(zone, stretches(targets, axis)));
        return zones;
    }

    private static String targetClass(TargetState state) {
        return switch (state) {
            case HEALTHY -> "ok";
            case UNHEALTHY, UNAVAILABLE -> "bad";
            case INITIAL, DRAINING -> "changing";
            case UNUSED -> "nodata";
        };
    }

    private static Map<String, List<Stretch>> actions(History history, Axis axis) {
        Map<String, List<Change>> changes = new TreeMap<>();
        history.events(ActionChanged.class)
                .forEach(change -> changes.computeIfAbsent(change.action(), name -> new ArrayList<>())
                        .add(new Change(
                                change.at(),
                                actionClass(change.status()),
                                change.status().toString())));
        return stretches(changes, axis);
    }

    private static String actionClass(ActionStatus status) {
        return switch (status) {
            case COMPLETED -> "ok";
            case RUNNING -> "fault";
            case FAILED -> "bad";
            case INITIATING, STOPPING -> "changing";
            case PENDING, CANCELLED, STOPPED, SKIPPED -> "nodata";
        };
    }

    private static Map<String, List<Stretch>> rotation(History history, Axis axis) {
        List<Change> changes = history.events(RotationChanged.class)
                .map(change -> new Change(
                        change.at(),
                        change.targets().isEmpty() ? "bad" : "serving",
                        change.targets().isEmpty() ? "nothing" : String.join(", ", change.targets())))
                .toList();
        return changes.isEmpty() ? Map.of() : stretches(Map.of("", changes), axis);
    }

    private static Map<String, List<Stretch>> alarms(History history, Axis axis) {
        Map<String, List<Change>> changes = new TreeMap<>();
        history.events(AlarmsRead.class)
                .findFirst()
                .ifPresent(read -> read.states()
                        .forEach((alarm, state) -> changes.computeIfAbsent(alarm, name -> new ArrayList<>())
                                .add(new Change(read.at(), alarmClass(state), state.name()))));
        history.events(AlarmStateChanged.class)
                .forEach(change -> changes.computeIfAbsent(change.alarm(), name -> new ArrayList<>())
                        .add(new Change(
                                change.at(),
                                alarmClass(change.to()),
                                change.to().name())));
        changes.values().forEach(of -> of.sort(Comparator.comparing(Change::at)));
        return stretches(changes, axis);
    }

    private static Map<String, List<Stretch>> stretches(Map<String, List<Change>> changes, Axis axis) {
        Map<String, List<Stretch>> lanes = new TreeMap<>();
        changes.forEach((name, of) -> {
            List<Stretch> stretches = new ArrayList<>();
            double end = axis.end();
            for (Change change : of.reversed()) {
                double from = Math.max(0, Axis.seconds(change.at()));
                boolean same =
                        !stretches.isEmpty() && stretches.getFirst().text().equals(change.text());
                if (same) {
                    end = stretches.removeFirst().to();
                }
                if (end > from) {
                    stretches.addFirst(new Stretch(from, end, change.style(), change.text()));
                }
                end = from;
            }
            lanes.put(name, stretches);
        });
        return lanes;
    }

    private static void group(StringBuilder html, String title, Map<String, List<Stretch>> lanes) {
        if (lanes.values().stream().allMatch(List::isEmpty)) {
            return;
        }
        html.append("<div class=\"group\"><h3>").append(Html.escaped(title)).append("</h3>\n");
        lanes.forEach((name, stretches) -> lane(html, name, stretches));
        html.append("</div>\n");
    }

    private static void lane(StringBuilder html, String name, List<Stretch> stretches) {
        html.append("<div class=\"lane\"><span class=\"name\">")
                .append(Html.escaped(name))
                .append("</span><span class=\"track\">");
        for (Stretch stretch : stretches) {
            String title = stretch.text() + ", " + moment(stretch.from()) + " to " + moment(stretch.to());
            html.append("<span class=\"stretch ").append(stretch.style());
            html.append("\" style=\"--from:")
                    .append(stretch.from())
                    .append(";--to:")
                    .append(stretch.to());
            html.append("\" title=\"").append(Html.escaped(title)).append("\">");
            html.append(Html.escaped(stretch.text())).append("</span>");
        }
        html.append("</span></div>\n");
    }

    private static String moment(double seconds) {
        return Wording.exactMoment(Duration.ofMillis(Math.round(seconds * 1_000)));
    }
}
