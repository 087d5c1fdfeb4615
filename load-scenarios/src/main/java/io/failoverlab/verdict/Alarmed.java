package io.failoverlab.verdict;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.util.List;
import java.util.Optional;

/** From a fault to the first alarm that went to ALARM, at the time when the lab heard of it. */
final class Alarmed implements Check {

    @Override
    public Finding find(History history) {
        List<FaultInjected> faults = history.events(FaultInjected.class).toList();
        if (faults.isEmpty()) {
            return Finding.missing("no fault was injected");
        }
        return watched(history)
                ? AfterFault.longest(history, faults, fault -> alarm(history, fault))
                : Finding.missing("no alarm was watched");
    }

    private static boolean watched(History history) {
        return history.events(AlarmsRead.class).anyMatch(read -> !read.states().isEmpty())
                || history.events(AlarmStateChanged.class).findAny().isPresent();
    }

    private static Optional<AfterFault.Reaction> alarm(History history, FaultInjected fault) {
        return history.events(AlarmStateChanged.class)
                .filter(change -> change.to() == AlarmState.ALARM && change.at().compareTo(fault.at()) >= 0)
                .findFirst()
                .map(change -> new AfterFault.Reaction(
                        change.at(),
                        change.alarm() + " in ALARM (dated " + Wording.exactMoment(change.stateChangedAt())
                                + " by the monitor)"));
    }
}
