package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.History;
import java.util.List;
import java.util.Optional;

/** From a fault on a target to the balancer really serving without it. */
final class OutOfRotation implements Check {

    @Override
    public Finding find(History history) {
        List<FaultInjected> faults = Detected.onTargets(history);
        if (faults.isEmpty()) {
            return Finding.missing("no fault hit a target of the load balancer");
        }
        return history.events(RotationChanged.class).findAny().isEmpty()
                ? Finding.missing("what the balancer served was not recorded")
                : AfterFault.longest(history, faults, fault -> without(history, fault));
    }

    private static Optional<AfterFault.Reaction> without(History history, FaultInjected fault) {
        return history.events(RotationChanged.class)
                .filter(change -> change.at().compareTo(fault.at()) >= 0
                        && !change.targets().contains(fault.instance()))
                .findFirst()
                .map(change -> new AfterFault.Reaction(
                        change.at(),
                        "in rotation: "
                                + (change.targets().isEmpty() ? "nothing" : String.join(", ", change.targets()))));
    }
}
