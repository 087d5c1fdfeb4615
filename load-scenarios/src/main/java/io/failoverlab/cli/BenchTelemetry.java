package io.failoverlab.cli;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.List;

/**
 * Of a stack that is measured: what goes wrong in the lab itself is said; the rest is in the figures.
 *
 * @param everything tell every event
 */
record BenchTelemetry(Terminal terminal, boolean everything) implements Telemetry {
    @Override
    public void measured(List<Measurement> measurements) {
        // nobody watches
    }

    @Override
    public void happened(StackEvent event) {
        switch (event) {
            case StackEvent.Trouble trouble -> terminal.say("lab: " + trouble.message());
            case StackEvent.RotationRejected rejected -> terminal.say("lab: " + rejected.reason());
            case StackEvent.InstanceStateChanged changed -> {}
            case StackEvent.TargetStateChanged changed -> {}
            case StackEvent.RotationChanged changed -> {}
            case StackEvent.FaultInjected injected -> {}
            case StackEvent.FaultHealed healed -> {}
            case StackEvent.ScalingEvent other -> {}
            case StackEvent.DatabaseEvent other -> {}
            case StackEvent.DatabaseFailedOver other -> {}
        }
        if (everything) {
            terminal.say(event.toString());
        }
    }
}
