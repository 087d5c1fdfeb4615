package io.failoverlab.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where alarms, their states and their history are kept. What a method was given is safe from kill -9 when it returns. */
public interface AlarmJournal {
    List<Alarm> load();

    void defined(Alarm alarm, HistoryItem item);

    /**
     * @param notification the message that receivers are to get, or empty if nobody is to be told; kept together with the new
     *     state, so that a monitor that dies between deciding and telling tells after its restart
     */
    void changed(Alarm alarm, HistoryItem item, Optional<String> notification);

    /** The history stays, as in CloudWatch. */
    void deleted(HistoryItem item);

    /** Newest first; those at or after {@code from} and before {@code to}. */
    List<HistoryItem> history(Optional<String> alarmName, Optional<HistoryItem.Type> type, Instant from, Instant to);
}
