package io.failoverlab.environment;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands everything on, and lets others of the environment listen as well. */
final class TelemetryTap implements Telemetry {
    private final Telemetry telemetry;
    private final List<Telemetry> listeners = new CopyOnWriteArrayList<>();

    TelemetryTap(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void listen(Telemetry listener) {
        listeners.add(listener);
    }

    @Override
    public void measured(List<Measurement> measurements) {
        telemetry.measured(measurements);
        listeners.forEach(it -> it.measured(measurements));
    }

    @Override
    public void happened(StackEvent event) {
        telemetry.happened(event);
        listeners.forEach(it -> it.happened(event));
    }
}
