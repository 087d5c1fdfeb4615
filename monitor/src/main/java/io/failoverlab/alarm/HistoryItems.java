package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Locale;

/** Writes the history of alarms. */
final class HistoryItems {
    private HistoryItems() {}

    /** @param kind Create, Update or Delete */
    static HistoryItem configuration(String id, String kind, Alarm alarm, Instant now) {
        return new HistoryItem(
                id,
                alarm.name(),
                alarm.definition().condition().type(),
                HistoryItem.Type.CONFIGURATION_UPDATE,
                now,
                "Alarm \"" + alarm.name() + "\" " + kind.toLowerCase(Locale.ROOT) + "d",
                ConfigurationDocument.of(kind, alarm).toString());
    }

    static HistoryItem stateUpdate(String id, Alarm alarm, AlarmStatus from) {
        return new HistoryItem(
                id,
                alarm.name(),
                alarm.definition().condition().type(),
                HistoryItem.Type.STATE_UPDATE,
                alarm.status().since(),
                "Alarm updated from " + from.state() + " to " + alarm.status().state(),
                AlarmDocuments.stateUpdate(from, alarm.status()).toString());
    }

    /** An action counts as done when its message lies in the outbox, as CloudWatch's does when SNS has taken it. */
    static HistoryItem action(String id, Alarm alarm, AlarmAction action, String message, Instant now) {
        boolean local = action.kind() != AlarmAction.Kind.NOT_LOCAL;
        return new HistoryItem(
                id,
                alarm.name(),
                alarm.definition().condition().type(),
                HistoryItem.Type.ACTION,
                now,
                local
                        ? "Successfully executed action " + action.arn()
                        : "Action " + action.arn() + " is not performed locally",
                AlarmDocuments.action(action, alarm.status(), message).toString());
    }
}
