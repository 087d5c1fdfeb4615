package io.failoverlab.session;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.watch.AlarmChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who listen to a lab for some time while it is up. */
final class Audience implements Telemetry {
    private record Listener(Telemetry telemetry, Consumer<AlarmChange> alarms) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    AutoCloseable add(Telemetry telemetry, Consumer<AlarmChange> alarms) {
        Listener listener = new Listener(telemetry, alarms);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void alarmChanged(AlarmChange change) {
        listeners.forEach(it -> it.alarms().accept(change));
    }

    @Override
    public void measured(List<Measurement> measurements) {
        listeners.forEach(it -> it.telemetry().measured(measurements));
    }

    @Override
    public void happened(StackEvent event) {
        listeners.forEach(it -> it.telemetry().happened(event));
    }
}
