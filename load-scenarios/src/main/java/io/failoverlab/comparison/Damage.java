package io.failoverlab.comparison;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.InstanceStateChanged;
import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.History;
import io.failoverlab.history.InstanceRole;
import io.failoverlab.history.InstanceState;
import io.failoverlab.history.RequestSample;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one strike cost.
 *
 * @param judged requests of the judged window
 * @param lost those that the client did not get what it asked for
 * @param course of the judged window, in steps of {@link #STEP}
 * @param figures outages and writes, as the run's own report has them
 * @param dead what no request succeeded at in the second half of the time that the struck part was down: the part is a single
 *     point of failure for it. The first half is left to failing over.
 * @param doubts assumptions of the run that did not hold; with any of them the rest proves nothing
 */
public record Damage(
        Strike strike,
        long judged,
        long lost,
        List<Moment> course,
        Map<Figure, Measurement> figures,
        Set<Kind> dead,
        List<String> doubts) {

    /** The step of {@link #course}. */
    public static final Duration STEP = Duration.ofMillis(250);

    /** The requests that were due in one step: how many got what they asked for, and how many did not. */
    public record Moment(long served, long lost) {}

    /** The two things that clients want. */
    public enum Kind {
        READS("reads"),
        WRITES("writes");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        private boolean has(RequestSample request) {
            return (this == WRITES) == request.isWrite();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Damage {
        course = List.copyOf(course);
        figures = Map.copyOf(figures);
        dead = Set.copyOf(dead);
        doubts = List.copyOf(doubts);
    }

    /** Reads it off a run of the strike. */
    public static Damage of(Strike strike, RunOutcome outcome) {
        History history = outcome.history();
        List<RequestSample> judged = judged(history);
        Set<Kind> dead = EnumSet.noneOf(Kind.class);
        List<String> doubts = outcome.judgement().assumptions().stream()
                .filter(assumption -> !assumption.holds())
                .map(Damage::doubt)
                .collect(Collectors.toCollection(ArrayList::new));
        if (strike.ofOnePart()) {
            Duration down = down(strike, history);
            Duration up = repaired(strike, history, down);
            Duration half = down.plus(up.minus(down).dividedBy(2));
            for (Kind kind : Kind.values()) {
                List<RequestSample> due = judged.stream()
                        .filter(kind::has)
                        .filter(it ->
                                it.start().compareTo(half) >= 0 && it.start().compareTo(up) < 0)
                        .toList();
                if (due.isEmpty()) {
                    doubts.add("none of the " + kind + " was due while " + strike.where()
                            + " was dead; a higher --rate or a longer --repair shows more");
                } else if (due.stream().noneMatch(it -> it.ok() && it.end().compareTo(up) <= 0)) {
                    dead.add(kind);
                }
            }
        }
        return new Damage(
                strike,
                judged.size(),
                judged.stream().filter(request -> !request.ok()).count(),
                course(judged, windowStart(history), endOfLoad(history)),
                outcome.judgement().results().stream()
                        .collect(Collectors.toMap(CheckResult::figure, CheckResult::measured)),
                dead,
                doubts);
    }

    /** Writes that were acknowledged and are gone. */
    long lostWrites() {
        return count(Figure.WRITES_LOST);
    }

    /** Writes that are there twice, or that nobody made. */
    long surplusWrites() {
        return count(Figure.WRITES_DUPLICATED) + count(Figure.WRITES_UNEXPECTED);
    }

    /** Both of them. */
    long wrongWrites() {
        return lostWrites() + surplusWrites();
    }

    private long count(Figure figure) {
        return figures.get(figure) instanceof Measurement.Count(long value) ? value : 0;
    }

    /** Whether reads and writes were answered again. */
    boolean isOver() {
        return Stream.of(Figure.READS_OUTAGE, Figure.WRITES_OUTAGE)
                .noneMatch(it -> figures.get(it) instanceof Measurement.Never);
    }

    private static String doubt(AssumptionResult assumption) {
        return assumption.title() + ": " + assumption.found();
    }

    private static List<Moment> course(List<RequestSample> judged, Duration from, Duration to) {
        int steps = Math.ceilDiv((int) to.minus(from).toMillis(), (int) STEP.toMillis());
        long[] served = new long[steps];
        long[] lost = new long[steps];
        for (RequestSample request : judged) {
            int step = (int) request.start().minus(from).dividedBy(STEP);
            (request.ok() ? served : lost)[step]++;
        }
        return IntStream.range(0, steps)
                .mapToObj(step -> new Moment(served[step], lost[step]))
                .toList();
    }

    private static Duration windowStart(History history) {
        return history.events(JudgingStarted.class).map(Event::at).findFirst().orElse(Duration.ZERO);
    }

    private static List<RequestSample> judged(History history) {
        Duration from = windowStart(history);
        Duration to = endOfLoad(history);
        return history.requests().stream()
                .filter(request ->
                        request.start().compareTo(from) >= 0 && request.start().compareTo(to) < 0)
                .toList();
    }

    private static Duration endOfLoad(History history) {
        return history.events(LoadEnded.class)
                .map(Event::at)
                .findFirst()
                .orElseGet(() -> history.events().getLast().at());
    }

    private static Duration down(Strike strike, History history) {
        return first(history, FaultInjected.class, it -> it.instance().equals(strike.where()), Duration.ZERO)
                .orElseThrow(() -> new IllegalArgumentException("expected " + strike.name() + " in the run"));
    }

    /** The balancer comes back by itself, which ends its death; another part may run again as something else. */
    private static Duration repaired(Strike strike, History history, Duration down) {
        boolean ofBalancer = history.run().topology().instances().stream()
                .anyMatch(it -> it.name().equals(strike.where()) && it.role() == InstanceRole.LOAD_BALANCER);
        Predicate<InstanceStateChanged> running =
                it -> ofBalancer && it.instance().equals(strike.where()) && it.state() == InstanceState.RUNNING;
        return Stream.of(
                        first(history, InstanceStateChanged.class, running, down),
                        first(history, FaultHealed.class, it -> it.instance().equals(strike.where()), down))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> endOfLoad(history));
    }

    private static <E extends Event> Optional<Duration> first(
            History history, Class<E> type, Predicate<E> wanted, Duration from) {
        return history.events(type)
                .filter(wanted)
                .map(Event::at)
                .filter(at -> at.compareTo(from) >= 0)
                .findFirst();
    }
}
