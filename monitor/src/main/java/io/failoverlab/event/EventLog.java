package io.failoverlab.event;

import java.time.Instant;
import java.util.List;

/** Every event, in the order of time. */
public interface EventLog {
    /** The events are safe from kill -9 when this returns. */
    void append(List<LabEvent> events);

    /** Oldest first, those at {@code since} included. */
    List<LabEvent> since(Instant since);
}
