package io.failoverlab.verdict;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * From a fault to one alarm in ALARM, at the time when the lab heard of it. Of several faults the last one before it counts:
 * the alarm may be about any of them. An alarm that was not in OK before the first fault says nothing about any.
 */
record AlarmOf(String alarm) implements Check {

    @Override
    public Finding find(History history) {
        List<Duration> faults =
                history.events(FaultInjected.class).map(Event::at).toList();
        if (faults.isEmpty()) {
            return Finding.missing("no fault was injected");
        }
        SortedSet<String> watched = watched(history);
        if (!watched.contains(alarm)) {
            return Finding.missing("no alarm " + alarm + " was watched; watched: "
                    + (watched.isEmpty() ? "none" : String.join(", ", watched)));
        }
        Optional<AlarmState> before = before(history, faults.getFirst());
        if (!before.equals(Optional.of(AlarmState.OK))) {
            return Finding.missing(alarm + " was "
                    + before.map(state -> "in " + state).orElse("in a state that nobody read") + " before the fault");
        }
        Duration end = Windows.endOfLoad(history);
        Optional<AlarmStateChanged> went = history.events(AlarmStateChanged.class)
                .filter(change -> change.alarm().equals(alarm) && change.to() == AlarmState.ALARM)
                .filter(change -> change.at().compareTo(faults.getFirst()) >= 0
                        && change.at().compareTo(end) <= 0)
                .findFirst();
        return went.map(change -> since(lastBefore(faults, change.at()), change))
                .orElseGet(() -> new Finding(
                        new Measurement.Never(end.minus(faults.getFirst())),
                        alarm + " did not go to ALARM after the fault",
                        List.of()));
    }

    /** As it was last read or told of, or as the first change after the fault names it. */
    private Optional<AlarmState> before(History history, Duration fault) {
        Optional<AlarmState> known = Optional.empty();
        for (Event event : history.events()) {
            boolean after = event.at().compareTo(fault) >= 0;
            if (event instanceof AlarmStateChanged change && change.alarm().equals(alarm)) {
                if (after) {
                    return known.or(() -> Optional.of(change.from()));
                }
                known = Optional.of(change.to());
            } else if (!after
                    && event instanceof AlarmsRead read
                    && read.states().containsKey(alarm)) {
                known = Optional.of(read.states().get(alarm));
            }
        }
        return known;
    }

    private static Finding since(Duration fault, AlarmStateChanged change) {
        return new Finding(
                new Measurement.Time(change.at().minus(fault)),
                AfterFault.line(fault, "fault") + "; " + AfterFault.line(change.at(), change.alarm() + " in ALARM"),
                List.of());
    }

    private static Duration lastBefore(List<Duration> faults, Duration at) {
        return faults.stream()
                .filter(fault -> fault.compareTo(at) <= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static SortedSet<String> watched(History history) {
        SortedSet<String> names = new TreeSet<>();
        history.events(AlarmsRead.class)
                .forEach(read -> names.addAll(read.states().keySet()));
        history.events(AlarmStateChanged.class).forEach(change -> names.add(change.alarm()));
        return names;
    }
}
