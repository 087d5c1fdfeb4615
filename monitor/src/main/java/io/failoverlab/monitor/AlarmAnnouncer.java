package io.failoverlab.monitor;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmAction;
import io.failoverlab.alarm.AlarmEvents;
import io.failoverlab.alarm.AlarmListener;
import io.failoverlab.alarm.AlarmTransition;
import io.failoverlab.event.EventLog;
import io.failoverlab.event.LabEvent;
import io.failoverlab.notify.Deliveries;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world of a state change: the receivers first, then the event log, then the terminal. */
final class AlarmAnnouncer implements AlarmListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmAnnouncer.class);

    private final Deliveries deliveries;
    private final EventLog events;
    private final Consumer<List<LabEvent>> watchers;
    private final InstantSource clock;

    AlarmAnnouncer(Deliveries deliveries, EventLog events, Consumer<List<LabEvent>> watchers, InstantSource clock) {
        this.deliveries = deliveries;
        this.events = events;
        this.watchers = watchers;
        this.clock = clock;
    }

    @Override
    public void defined(Alarm alarm) {
        // nobody outside is told of definitions
    }

    @Override
    public void changed(List<AlarmTransition> transitions) {
        deliveries.wake();
        if (!transitions.isEmpty()) {
            publish(transitions.stream().map(AlarmEvents::stateChange).toList());
        }
        transitions.forEach(transition -> LOG.info(
                "Alarm {}: {} -> {}: {} {}",
                transition.definition().name(),
                transition.from().state(),
                transition.to().state(),
                transition.to().reason(),
                transition.to().explanation()));
    }

    /** Topics are served by the outbox; a scaling policy is told as an event, which whoever scales listens for. */
    @Override
    public void act(Alarm alarm, List<AlarmAction> actions) {
        deliveries.wake();
        List<LabEvent> policies = actions.stream()
                .filter(action -> action.kind() == AlarmAction.Kind.SCALING_POLICY)
                .map(action -> AlarmEvents.scalingPolicy(alarm, action, clock.instant()))
                .toList();
        if (!policies.isEmpty()) {
            publish(policies);
        }
    }

    private void publish(List<LabEvent> happened) {
        try {
            events.append(happened);
        } catch (RuntimeException e) {
            LOG.error("{} events of alarms were not saved", happened.size(), e);
        }
        watchers.accept(happened);
    }

    @Override
    public void deleted(String alarmName) {
        // nobody outside is told of definitions
    }
}
