package io.failoverlab.telemetry;

import java.util.List;

/** Where the stack's measurements and events go. Called from several threads; must return quickly and not throw. */
public interface Telemetry {
    /** Datapoints that belong together, at most a few hundred. */
    void measured(List<Measurement> measurements);

    /** Something happened, told once and in order of happening for each instance. */
    void happened(StackEvent event);
}
