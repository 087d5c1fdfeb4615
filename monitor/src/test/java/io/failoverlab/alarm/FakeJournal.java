package io.failoverlab.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps everything in memory; can be told to fail. */
final class FakeJournal implements AlarmJournal {
    final TreeMap<String, Alarm> alarms = new TreeMap<>();
    final List<HistoryItem> items = new ArrayList<>();
    final List<String> notifications = new ArrayList<>();
    boolean failing;

    @Override
    public List<Alarm> load() {
        return List.copyOf(alarms.values());
    }

    @Override
    public void defined(Alarm alarm, HistoryItem item) {
        changed(alarm, item, Optional.empty());
    }

    @Override
    public void changed(Alarm alarm, HistoryItem item, Optional<String> notification) {
        if (failing) {
            throw new IllegalStateException("disk full");
        }
        alarms.put(alarm.name(), alarm);
        items.add(item);
        notification.ifPresent(notifications::add);
    }

    @Override
    public void deleted(HistoryItem item) {
        alarms.remove(item.alarmName());
        items.add(item);
    }

    @Override
    public List<HistoryItem> history(
            Optional<String> alarmName, Optional<HistoryItem.Type> type, Instant from, Instant to) {
        return items.reversed();
    }
}
