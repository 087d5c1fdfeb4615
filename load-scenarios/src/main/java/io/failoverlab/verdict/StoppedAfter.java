package io.failoverlab.verdict;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From the monitor's time of the alarm that stopped the FIS experiment to its state {@code stopped}: all is undone then. */
final class StoppedAfter implements Check {

    @Override
    public Finding find(History history) {
        Optional<ExperimentChanged> stopping = first(history, ExperimentStatus.STOPPING);
        Optional<AlarmStateChanged> alarm = stopping.flatMap(stop -> history.events(AlarmStateChanged.class)
                .filter(change -> change.to() == AlarmState.ALARM && change.at().compareTo(stop.at()) <= 0)
                .filter(change -> stop.reason().contains(change.alarm() + " went to ALARM"))
                .reduce((earlier, later) -> later));
        if (alarm.isEmpty()) {
            return Finding.missing("no alarm stopped an FIS experiment");
        }
        Duration since = alarm.get().stateChangedAt();
        return first(history, ExperimentStatus.STOPPED)
                .map(stopped -> new Finding(
                        new Measurement.Time(stopped.at().minus(since)),
                        AfterFault.line(since, alarm.get().alarm() + " in ALARM") + "; "
                                + AfterFault.line(stopped.at(), "all undone"),
                        List.of()))
                .orElseGet(() -> new Finding(
                        new Measurement.Never(Windows.endOfLoad(history).minus(since)),
                        alarm.get().alarm() + " went to ALARM, and not all was undone",
                        List.of()));
    }

    private static Optional<ExperimentChanged> first(History history, ExperimentStatus status) {
        return history.events(ExperimentChanged.class)
                .filter(change -> change.status() == status)
                .findFirst();
    }
}
