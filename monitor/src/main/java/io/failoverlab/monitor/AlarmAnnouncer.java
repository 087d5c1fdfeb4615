package io.failoverlab.monitor;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmDocuments;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.event.EventLog;
import io.failoverlab.event.LabEvent;
import io.failoverlab.notify.Webhooks;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world of a state change: the receivers first, then the event log, then the terminal. */
final class AlarmAnnouncer implements AlarmListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmAnnouncer.class);

    private final Webhooks webhooks;
    private final EventLog events;
    private final Consumer<List<LabEvent>> watchers;

    AlarmAnnouncer(Webhooks webhooks, EventLog events, Consumer<List<LabEvent>> watchers) {
        this.webhooks = webhooks;
        this.events = events;
        this.watchers = watchers;
    }

    @Override
    public void defined(Alarm alarm) {
        // nobody outside is told of definitions
    }

    @Override
    public void changed(AlarmTransition transition) {
        webhooks.wake();
        List<LabEvent> event = List.of(AlarmDocuments.event(transition));
        try {
            events.append(event);
        } catch (RuntimeException e) {
            LOG.error(
                    "The event of alarm {} was not saved",
                    transition.definition().name(),
                    e);
        }
        watchers.accept(event);
        LOG.info(
                "Alarm {}: {} -> {}: {}",
                transition.definition().name(),
                transition.from().state(),
                transition.to().state(),
                transition.to().reason());
    }

    @Override
    public void deleted(String alarmName) {
        // nobody outside is told of definitions
    }
}
