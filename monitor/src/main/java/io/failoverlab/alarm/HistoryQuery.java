package io.failoverlab.alarm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which part of the alarms' history is asked for; answers are newest first.
 *
 * @param alarmName of all alarms if empty
 * @param alarmTypes of these types only
 * @param type of all types of items if empty
 * @param from included
 * @param to excluded
 */
public record HistoryQuery(
        Optional<String> alarmName,
        Set<AlarmType> alarmTypes,
        Optional<HistoryItem.Type> type,
        Instant from,
        Instant to) {
    public HistoryQuery {
        Objects.requireNonNull(alarmName, "alarmName");
        alarmTypes = Set.copyOf(alarmTypes);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
