package io.failoverlab.verdict;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the alarms that went off after the first fault stayed in ALARM, the longest of them: from its first ALARM after
 * the fault to the OK after which it stayed OK until the load ended: after that the lab cleans up.
 */
final class AlarmRecovers implements Check {

    @Override
    public Finding find(History history) {
        Optional<Duration> fault =
                history.events(FaultInjected.class).map(Event::at).findFirst();
        if (fault.isEmpty()) {
            return Finding.missing("no fault was injected");
        }
        Duration end = Windows.endOfLoad(history);
        Map<String, List<AlarmStateChanged>> changes = new LinkedHashMap<>();
        history.events(AlarmStateChanged.class)
                .filter(change ->
                        change.at().compareTo(fault.get()) >= 0 && change.at().compareTo(end) <= 0)
                .filter(change -> change.to() == AlarmState.ALARM || changes.containsKey(change.alarm()))
                .forEach(change -> changes.computeIfAbsent(change.alarm(), alarm -> new ArrayList<>())
                        .add(change));
        return changes.isEmpty() ? Finding.missing("no alarm went off after the fault") : longest(end, changes);
    }

    private static Finding longest(Duration end, Map<String, List<AlarmStateChanged>> changes) {
        Duration longest = Duration.ZERO;
        List<String> lines = new ArrayList<>();
        Optional<Duration> stillOn = Optional.empty();
        for (List<AlarmStateChanged> ofOneAlarm : changes.values()) {
            AlarmStateChanged first = ofOneAlarm.getFirst();
            AlarmStateChanged last = ofOneAlarm.getLast();
            lines.add(AfterFault.line(first.at(), first.alarm() + " in ALARM"));
            if (last != first) {
                lines.add(AfterFault.line(last.at(), last.alarm() + " in " + last.to()));
            }
            Duration time = last.at().minus(first.at());
            longest = time.compareTo(longest) > 0 ? time : longest;
            if (last.to() != AlarmState.OK && stillOn.isEmpty()) {
                stillOn = Optional.of(end.minus(first.at()));
            }
        }
        String explanation = String.join("; ", lines) + (stillOn.isPresent() ? "; not back in OK" : "");
        return stillOn.map(watched -> new Finding(new Measurement.Never(watched), explanation, List.of()))
                .orElse(new Finding(new Measurement.Time(longest), explanation, List.of()));
    }
}
