package io.failoverlab.verdict;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The monitor answered all through the judged window, and its alarms had data before the fault. */
final class MonitorWatched implements Assumption {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    @Override
    public AssumptionResult test(History history) {
        List<AlarmsRead> reads = history.events(AlarmsRead.class).toList();
        Optional<String> problem = Windows.of(history)
                .map(windows -> silence(reads, windows).or(() -> blind(reads, windows)))
                .orElse(Optional.of("judging never started"));
        return new AssumptionResult(
                "monitor-watched",
                "The monitor saw the run",
                problem.isEmpty(),
                "an answer at least every " + Wording.moment(LONGEST_SILENCE)
                        + ", every alarm with data before the fault",
                problem.orElseGet(() -> Wording.counted(reads.size(), "answer") + " about "
                        + Wording.counted(reads.getLast().states().size(), "alarm")));
    }

    private static Optional<String> silence(List<AlarmsRead> reads, Windows windows) {
        Duration last = windows.from();
        List<Duration> moments = reads.stream()
                .map(Event::at)
                .filter(at -> at.compareTo(windows.from()) >= 0 && at.compareTo(windows.to()) < 0)
                .toList();
        for (Duration at : moments) {
            if (at.minus(last).compareTo(LONGEST_SILENCE) > 0) {
                return Optional.of(silent(last, at));
            }
            last = at;
        }
        return moments.isEmpty() || windows.to().minus(last).compareTo(LONGEST_SILENCE) > 0
                ? Optional.of(silent(last, windows.to()))
                : Optional.empty();
    }

    private static Optional<String> blind(List<AlarmsRead> reads, Windows windows) {
        Duration moment = windows.fault().orElse(windows.to());
        Optional<AlarmsRead> last =
                reads.stream().filter(read -> read.at().compareTo(moment) <= 0).reduce((first, second) -> second);
        if (last.isEmpty() || last.get().states().isEmpty()) {
            return Optional.of("the monitor had no alarms before " + Wording.moment(moment));
        }
        return last.get().states().entrySet().stream()
                .filter(state -> state.getValue() == AlarmState.INSUFFICIENT_DATA)
                .map(Map.Entry::getKey)
                .findFirst()
                .map(alarm -> alarm + " was in INSUFFICIENT_DATA at "
                        + Wording.moment(last.get().at()));
    }

    private static String silent(Duration from, Duration to) {
        return "no answer between " + Wording.moment(from) + " and " + Wording.moment(to);
    }
}
