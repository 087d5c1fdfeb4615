package io.failoverlab.dashboard;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;

/** What is drawn over the metrics of a widget: an alarm, lines, and bands between two lines. */
final class Annotations {
    static final List<String> SIDES = List.of("left", "right");

    private Annotations() {}

    static void check(BodyCheck annotations) {
        if (!annotations.isObject()) {
            return;
        }
        annotations.optional("alarms", alarms -> {
            if (alarms.isArray(0, 1)) {
                alarms.elements(BodyCheck::isText);
            }
        });
        annotations.optional("horizontal", lines -> checkLines(lines, Annotations::checkHorizontal));
        annotations.optional("vertical", lines -> checkLines(lines, Annotations::checkVertical));
    }

    /** An element is a line, or the two lines of a band. */
    private static void checkLines(BodyCheck lines, Consumer<BodyCheck> check) {
        if (lines.isArray(0, Integer.MAX_VALUE)) {
            lines.elements(line -> {
                if (line.isAnArray()) {
                    if (line.isArray(2, 2)) {
                        line.elements(check);
                    }
                } else {
                    check.accept(line);
                }
            });
        }
    }

    private static void checkHorizontal(BodyCheck line) {
        if (line.isObject()) {
            line.required("value", BodyCheck::isNumber);
            line.optional("fill", fill -> fill.isOneOf(List.of("above", "below", "none")));
            line.optional("yAxis", side -> side.isOneOf(SIDES));
            checkLook(line);
        }
    }

    private static void checkVertical(BodyCheck line) {
        if (line.isObject()) {
            line.required("value", value -> value.isLike(Annotations::isTime, "a time like 2026-01-02T03:04:05Z"));
            line.optional("fill", fill -> fill.isOneOf(List.of("before", "after", "none")));
            checkLook(line);
        }
    }

    private static void checkLook(BodyCheck line) {
        line.optional("label", BodyCheck::isText);
        line.optional("color", BodyCheck::isText);
        line.optional("visible", BodyCheck::isBoolean);
    }

    static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
