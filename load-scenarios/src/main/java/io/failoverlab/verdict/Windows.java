package io.failoverlab.verdict;

import io.failoverlab.history.Event;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a run.
 *
 * <p>A request is <em>judged</em> if it was due from the start of judging on and before the end of the load, however late its
 * answer. Every judged request is in exactly one part:
 *
 * <ul>
 *   <li><em>before</em>: it ended at the fault or earlier;
 *   <li><em>after</em>: it was due when the stack had settled, or later;
 *   <li><em>during</em>: every other, so also one that was under way at the moment of the fault.
 * </ul>
 *
 * The stack has <em>settled</em> at the last of these after the first fault and before the end of the load: a fault healed, a
 * target changed its state, the balancer changed its rotation. Where none of them followed, it never settled: everything
 * from the fault on is <em>during</em>. Without a fault every judged request is <em>before</em>.
 *
 * @param from start of judging
 * @param to end of the load; where its event is missing, the last event of the history
 * @param fault the first fault
 * @param settled end of <em>during</em>
 */
record Windows(Duration from, Duration to, Optional<Duration> fault, Optional<Duration> settled) {

    /** The parts that a request can be in. */
    enum Part {
        BEFORE("before the fault"),
        DURING("between the fault and the last change that followed it"),
        AFTER("after the last change that followed the fault");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** In one word. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Empty if judging never started. */
    static Optional<Windows> of(History history) {
        Duration to = endOfLoad(history);
        Optional<Duration> fault =
                history.events(FaultInjected.class).map(Event::at).findFirst();
        return history.events(JudgingStarted.class)
                .findFirst()
                .map(judging -> new Windows(judging.at(), to, fault, fault.flatMap(at -> settled(history, at, to))));
    }

    static Duration endOfLoad(History history) {
        return history.events(LoadEnded.class)
                .map(Event::at)
                .findFirst()
                .orElseGet(() -> history.events().isEmpty()
                        ? Duration.ZERO
                        : history.events().getLast().at());
    }

    List<RequestSample> judged(History history) {
        return history.requests().stream()
                .filter(request ->
                        request.start().compareTo(from) >= 0 && request.start().compareTo(to) < 0)
                .toList();
    }

    List<RequestSample> judged(History history, Part part) {
        return judged(history).stream()
                .filter(request -> partOf(request) == part)
                .toList();
    }

    private Part partOf(RequestSample request) {
        if (fault.isEmpty() || request.end().compareTo(fault.get()) <= 0) {
            return Part.BEFORE;
        }
        return settled.isPresent() && request.start().compareTo(settled.get()) >= 0 ? Part.AFTER : Part.DURING;
    }

    private static Optional<Duration> settled(History history, Duration fault, Duration to) {
        return Stream.of(FaultHealed.class, TargetStateChanged.class, RotationChanged.class)
                .flatMap(history::events)
                .map(Event::at)
                .filter(at -> at.compareTo(fault) >= 0 && at.compareTo(to) < 0)
                .max(Comparator.naturalOrder());
    }
}
