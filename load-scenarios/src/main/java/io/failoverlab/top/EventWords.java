package io.failoverlab.top;

import io.failoverlab.top.StackModel.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an event is called and what it says, in the words of the page's {@code words.js}. */
final class EventWords {
    private static final Map<String, String> SHORT = Map.of(
            "Target State Change", "Target",
            "Instance State Change", "Instance",
            "CloudWatch Alarm State Change", "Alarm",
            "Alarm State Change", "Alarm");

    private EventWords() {}

    static String type(Happening event) {
        return SHORT.getOrDefault(event.type(), event.type());
    }

    /** One line. */
    static String text(Happening event) {
        return switch (event.type()) {
            case "Target State Change" ->
                join(
                        event.subject() + " " + (event.detail("from").isEmpty() ? "" : event.detail("from") + " → ")
                                + event.detail("to"),
                        reason(event.detail("description"), event.detail("reasonCode")));
            case "Instance State Change" -> join(event.subject() + " " + event.detail("state"), event.detail("cause"));
            case "Fault Injected" ->
                join(
                        event.detail("fault") + " " + event.subject(),
                        event.detail("awsEvent").isEmpty() ? "" : "stands for: " + event.detail("awsEvent"));
            case "Fault Healed" -> event.detail("fault") + " " + event.subject();
            case "Load Started" ->
                join(load(event), event.detail("rate").isEmpty() ? "" : event.detail("rate") + " requests/s");
            case "Load Ended" -> load(event);
            case "CloudWatch Alarm State Change", "Alarm State Change" ->
                join(
                        event.detail("alarmName") + " "
                                + event.detail().path("state").path("value").asText(""),
                        event.detail().path("state").path("reason").asText(""));
            case "Rotation Change" ->
                "nginx now sends to " + (event.detail("targets").isEmpty() ? "no target" : event.detail("targets"));
            default -> event.detail().has("message") ? event.detail("message") : all(event);
        };
    }

    private static String load(Happening event) {
        return event.detail("simulation").isEmpty() ? "load" : event.detail("simulation");
    }

    private static String all(Happening event) {
        List<String> parts = new ArrayList<>(event.resources());
        event.detail()
                .properties()
                .forEach(field ->
                        parts.add(field.getKey() + " " + field.getValue().asText()));
        return String.join(", ", parts);
    }

    /** Why a target is in its state: the text, else ELB's code. */
    static String reason(String description, String code) {
        return description.isEmpty() ? code : description;
    }

    private static String join(String first, String more) {
        return more.isEmpty() ? first : first + ": " + more;
    }

    static Tone tone(Happening event) {
        return switch (event.type()) {
            case "Target State Change" -> target(event.detail("to"));
            case "CloudWatch Alarm State Change", "Alarm State Change" ->
                alarm(event.detail().path("state").path("value").asText(""));
            case "Fault Injected", "Fault Healed" -> Tone.FAULT;
            case "Rotation Rejected", "Trouble" -> Tone.WARN;
            default -> Tone.IDLE;
        };
    }

    static Tone target(String state) {
        return switch (state) {
            case "initial" -> Tone.BUSY;
            case "healthy" -> Tone.GOOD;
            case "unhealthy" -> Tone.BAD;
            case "draining" -> Tone.WARN;
            case "unused" -> Tone.IDLE;
            default -> Tone.UNKNOWN;
        };
    }

    static Tone alarm(String state) {
        return switch (state) {
            case "ALARM" -> Tone.BAD;
            case "INSUFFICIENT_DATA" -> Tone.WARN;
            case "OK" -> Tone.GOOD;
            default -> Tone.UNKNOWN;
        };
    }
}
