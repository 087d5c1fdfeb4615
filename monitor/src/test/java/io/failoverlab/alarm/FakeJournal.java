package io.failoverlab.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Keeps everything in memory; can be told to fail. */
final class FakeJournal implements AlarmJournal {
    final TreeMap<String, Alarm> alarms = new TreeMap<>();
    final List<HistoryItem> items = new ArrayList<>();
    final List<String> notifications = new ArrayList<>();
    boolean failing;
    int saves;

    @Override
    public List<Alarm> load() {
        return List.copyOf(alarms.values());
    }

    @Override
    public void save(List<AlarmChange> changes) {
        if (failing) {
            throw new IllegalStateException("disk full");
        }
        saves++;
        for (AlarmChange change : changes) {
            alarms.put(change.alarm().name(), change.alarm());
            items.addAll(change.items());
            change.notification().ifPresent(notifications::add);
        }
    }

    @Override
    public void deleted(List<HistoryItem> gone) {
        gone.forEach(item -> alarms.remove(item.alarmName()));
        items.addAll(gone);
    }

    @Override
    public List<HistoryItem> history(HistoryQuery query) {
        return items.reversed();
    }
}
