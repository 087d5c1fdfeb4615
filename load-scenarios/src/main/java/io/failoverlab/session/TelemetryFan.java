package io.failoverlab.session;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.List;

/** Tells several listeners the same, in their order. */
record TelemetryFan(List<Telemetry> listeners) implements Telemetry {
    TelemetryFan {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void measured(List<Measurement> measurements) {
        listeners.forEach(listener -> listener.measured(measurements));
    }

    @Override
    public void happened(StackEvent event) {
        listeners.forEach(listener -> listener.happened(event));
    }
}
