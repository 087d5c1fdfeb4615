package io.failoverlab.report;

import io.failoverlab.history.Event;
import io.failoverlab.history.History;
import io.failoverlab.verdict.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The events of a run that a person wants to read, in words. Counts of every second are for the charts. */
final class Timeline {

    /** What an entry is about; the text is the column in front of it. */
    enum Topic {
        LOAD("load"),
        FAULT("FAULT"),
        HEALED("healed"),
        INSTANCE("instance"),
        TARGET("target"),
        ROTATION("rotation"),
        ALARM("ALARM"),
        ALARM_OVER("alarm"),
        EXPERIMENT("FIS"),
        DATABASE("database"),
        NOTE("note");

        private final String text;

        Topic(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    record Entry(Duration at, Topic topic, String text) {}

    private Timeline() {}

    static List<Entry> of(History history) {
        return history.events().stream().flatMap(event -> entry(event).stream()).toList();
    }

    private static Optional<Entry> entry(Event event) {
        return switch (event) {
            case Event.LoadStarted e -> entry(e, Topic.LOAD, "started");
            case Event.JudgingStarted e -> entry(e, Topic.LOAD, "ramp and warm-up over, judged from here on");
            case Event.LoadEnded e -> entry(e, Topic.LOAD, (e.asPlanned() ? "ended: " : "ended early: ") + e.reason());
            case Event.FaultInjected e -> entry(e, Topic.FAULT, fault(e));
            case Event.FaultHealed e ->
                entry(e, Topic.HEALED, e.fault() + " of " + e.instance() + " undone" + because(e.evidence()));
            case Event.InstanceStateChanged e ->
                entry(e, Topic.INSTANCE, e.instance() + " " + e.state() + because(e.cause()));
            case Event.TargetStateChanged e -> entry(e, Topic.TARGET, target(e));
            case Event.RotationChanged e ->
                entry(e, Topic.ROTATION, e.targets().isEmpty() ? "no target" : String.join(", ", e.targets()));
            case Event.AlarmStateChanged e -> entry(e, alarmTopic(e), alarm(e));
            case Event.DatabaseEvent e ->
                entry(e, Topic.DATABASE, e.source() + ": " + e.message() + " (" + e.id() + ")");
            case Event.DatabaseFailedOver e ->
                entry(
                        e,
                        Topic.DATABASE,
                        e.database() + ": clients have come from " + e.from() + " to " + e.to() + "; " + e.cause());
            case Event.LossForecast e ->
                entry(e, Topic.NOTE, "forecast: " + e.fault() + " of " + e.instance() + " costs " + e.reckoning());
            case Event.ExperimentChanged e ->
                entry(e, Topic.EXPERIMENT, "experiment " + e.status() + because(e.reason()));
            case Event.ActionChanged e ->
                entry(
                        e,
                        Topic.EXPERIMENT,
                        e.action() + " " + e.status() + " (" + e.actionId() + ")" + because(e.reason()));
            case Event.Note e -> entry(e, Topic.NOTE, e.text());
            case Event.LoadSecond e -> Optional.empty();
            case Event.AlarmsRead e -> Optional.empty();
            case Event.GeneratorUse e -> Optional.empty();
            case Event.MetricSample e -> Optional.empty();
            case Event.Audited e -> Optional.empty();
        };
    }

    private static Optional<Entry> entry(Event event, Topic topic, String text) {
        return Optional.of(new Entry(event.at(), topic, text));
    }

    private static String fault(Event.FaultInjected fault) {
        String what = fault.fault() + " of " + fault.instance() + (fault.tookEffect() ? "" : " WITHOUT EFFECT");
        String onAws = fault.awsEvent().isEmpty() ? "" : " (on AWS: " + fault.awsEvent() + ")";
        return what + because(fault.evidence()) + onAws;
    }

    private static String target(Event.TargetStateChanged change) {
        String why = Stream.of(change.reasonCode(), change.description())
                .filter(text -> !text.isEmpty())
                .reduce((code, description) -> code + ", " + description)
                .orElse("");
        return change.instance() + " " + change.from() + " -> " + change.to() + because(why);
    }

    private static Topic alarmTopic(Event.AlarmStateChanged change) {
        return switch (change.to()) {
            case ALARM -> Topic.ALARM;
            case OK, INSUFFICIENT_DATA -> Topic.ALARM_OVER;
        };
    }

    private static String alarm(Event.AlarmStateChanged change) {
        return change.alarm() + " " + change.from() + " -> " + change.to() + because(change.reason()) + " [monitor: "
                + Wording.exactMoment(change.stateChangedAt()) + "]";
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
