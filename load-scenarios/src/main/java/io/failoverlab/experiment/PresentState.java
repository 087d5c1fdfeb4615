package io.failoverlab.experiment;

import io.failoverlab.elb.TargetState;
import io.failoverlab.environment.Environment;
import io.failoverlab.telemetry.StackEvent;
import java.time.Instant;
import java.util.List;

/** What a history that begins with a running stack has to know first: how each target came to be what it is, at that moment. */
final class PresentState {
    private PresentState() {}

    static List<StackEvent> of(Environment environment, Instant now) {
        return environment.targets().entrySet().stream()
                .<StackEvent>map(it -> new StackEvent.TargetStateChanged(
                        now,
                        it.getKey().name(),
                        it.getKey().instanceId(),
                        it.getKey().zone(),
                        TargetState.INITIAL.word(),
                        it.getValue().state().word(),
                        it.getValue().reasonCode(),
                        it.getValue().description()))
                .toList();
    }
}
