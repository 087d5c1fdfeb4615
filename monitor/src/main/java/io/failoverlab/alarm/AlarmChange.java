package io.failoverlab.alarm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is saved when something happened to an alarm.
 *
 * @param alarm as it is now
 * @param items what its history says about that
 * @param notification the message that receivers are to get, or empty if nobody is to be told; saved together with the new state, so
 *     that a monitor that dies between deciding and telling tells after its restart
 */
public record AlarmChange(Alarm alarm, List<HistoryItem> items, Optional<String> notification) {
    public AlarmChange {
        Objects.requireNonNull(alarm, "alarm");
        items = List.copyOf(items);
        Objects.requireNonNull(notification, "notification");
    }
}
