package io.failoverlab.telemetry;

import java.util.List;

/**
 * Publishes every metric each second under AWS's own name, as custom metrics of high resolution are: for alarms with periods
 * of a second, which see a change within milliseconds. {@link AwsCadence} is the other way.
 */
public record LabCadence(Telemetry next) implements Telemetry {
    @Override
    public void measured(List<Measurement> measurements) {
        next.measured(measurements.stream()
                .map(measurement -> measurement.withCadence(Cadence.EVERY_SECOND))
                .toList());
    }

    @Override
    public void happened(StackEvent event) {
        next.happened(event);
    }
}
