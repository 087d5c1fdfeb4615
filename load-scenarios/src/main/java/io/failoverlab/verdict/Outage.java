package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The longest time after the first fault in which no client got an answer of a kind: from the fault, or the last good answer
 * after it, to the next good answer. Where the load ends with failures and no good answer follows them, it is not over.
 *
 * <p>What is left of the service while only some of the requests fail is no outage: {@link RequestsLost} counts it.
 */
final class Outage implements Check {
    private final String kind;
    private final Predicate<RequestSample> counted;

    private Outage(String kind, Predicate<RequestSample> counted) {
        this.kind = kind;
        this.counted = counted;
    }

    static Outage ofReads() {
        return new Outage("read", request -> !request.isWrite());
    }

    static Outage ofWrites() {
        return new Outage("write", RequestSample::isWrite);
    }

    @Override
    public Finding find(History history) {
        Optional<Windows> windows = Windows.of(history).filter(it -> it.fault().isPresent());
        List<RequestSample> requests = windows.stream()
                .flatMap(it -> it.judged(history).stream())
                .filter(counted)
                .toList();
        return requests.isEmpty()
                ? Finding.missing("no judged " + kind + " in a run with a fault")
                : longest(requests, windows.get().fault().get(), windows.get().to());
    }

    private Finding longest(List<RequestSample> requests, Duration fault, Duration endOfLoad) {
        Duration from = fault;
        Duration longest = Duration.ZERO;
        Duration begin = fault;
        for (Duration answer : goodAnswersAfter(requests, fault)) {
            if (answer.minus(from).compareTo(longest) > 0) {
                longest = answer.minus(from);
                begin = from;
            }
            from = answer;
        }
        Duration last = from;
        boolean over = requests.stream().noneMatch(it -> !it.ok() && it.end().compareTo(last) > 0);
        Duration open = endOfLoad.minus(last);
        return over || open.compareTo(longest) <= 0
                ? new Finding(
                        new Measurement.Time(longest),
                        "no " + kind + " was answered from " + Wording.exactMoment(begin) + " to "
                                + Wording.exactMoment(begin.plus(longest)),
                        List.of())
                : new Finding(
                        new Measurement.Never(open),
                        "no " + kind + " was answered from " + Wording.exactMoment(last) + " to the end of the load",
                        List.of());
    }

    private static List<Duration> goodAnswersAfter(List<RequestSample> requests, Duration fault) {
        return requests.stream()
                .filter(RequestSample::ok)
                .map(RequestSample::end)
                .filter(end -> end.compareTo(fault) > 0)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
