package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.TargetState;
import java.util.List;
import java.util.Optional;

/** From a fault on a target to its target group taking it out of service. */
final class Detected implements Check {

    @Override
    public Finding find(History history) {
        List<FaultInjected> faults = onTargets(history);
        return faults.isEmpty()
                ? Finding.missing("no fault hit a target of the load balancer")
                : AfterFault.longest(history, faults, fault -> outOfService(history, fault));
    }

    /** The faults on instances that were ever a target. */
    static List<FaultInjected> onTargets(History history) {
        List<String> targets = history.events(TargetStateChanged.class)
                .map(TargetStateChanged::instance)
                .distinct()
                .toList();
        return history.events(FaultInjected.class)
                .filter(fault -> targets.contains(fault.instance()))
                .toList();
    }

    private static Optional<AfterFault.Reaction> outOfService(History history, FaultInjected fault) {
        return history.events(TargetStateChanged.class)
                .filter(change -> change.instance().equals(fault.instance())
                        && change.from() == TargetState.HEALTHY
                        && change.to() != TargetState.HEALTHY
                        && change.at().compareTo(fault.at()) >= 0)
                .findFirst()
                .map(change -> new AfterFault.Reaction(
                        change.at(),
                        change.instance() + " " + change.to()
                                + (change.reasonCode().isEmpty() ? "" : " (" + change.reasonCode() + ")")));
    }
}
