package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of an alarm's history.
 *
 * @param summary in words, for example {@code Alarm updated from OK to ALARM}
 * @param data a JSON object in text form
 */
public record HistoryItem(
        String id, String alarmName, AlarmType alarmType, Type type, Instant time, String summary, String data) {
    /** The values of HistoryItemType that this monitor writes. */
    public enum Type {
        CONFIGURATION_UPDATE("ConfigurationUpdate"),
        STATE_UPDATE("StateUpdate"),
        ACTION("Action");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public HistoryItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(alarmName, "alarmName");
        Objects.requireNonNull(alarmType, "alarmType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(data, "data");
    }
}
