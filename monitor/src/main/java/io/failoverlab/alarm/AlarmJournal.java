package io.failoverlab.alarm;

import java.util.List;

/** Where alarms, their states and their history are kept. What a method was given is safe from kill -9 when it returns. */
public interface AlarmJournal {
    List<Alarm> load();

    /** All of it or nothing, in this order. */
    void save(List<AlarmChange> changes);

    /** The history stays, as in CloudWatch. */
    void deleted(List<HistoryItem> items);

    /** What happened to alarms. */
    List<HistoryItem> history(HistoryQuery query);
}
