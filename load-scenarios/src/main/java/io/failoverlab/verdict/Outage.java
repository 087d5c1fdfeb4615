package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The longest time after the first fault in which clients wanted an answer of a kind and none of them got one: from the time at
 * which the first of them waited to the next good answer. Where the load ends with failures and no good answer follows them,
 * it is not over. Without any outage it is the time of one request.
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
        Waiting waiting = new Waiting(requests);
        Duration from = fault;
        Duration longest = Duration.ZERO;
        Duration begin = fault;
        for (Duration answer : goodAnswersAfter(requests, fault)) {
            Duration wanted = waiting.firstBetween(from, answer);
            if (answer.minus(wanted).compareTo(longest) > 0) {
                longest = answer.minus(wanted);
                begin = wanted;
            }
            from = answer;
        }
        Optional<Duration> open =
                firstWanted(requests.stream().filter(request -> !request.ok()).toList(), from, endOfLoad);
        if (open.isPresent() && endOfLoad.minus(open.get()).compareTo(longest) > 0) {
            return new Finding(
                    new Measurement.Never(endOfLoad.minus(open.get())),
                    "no " + kind + " was answered from " + Wording.exactMoment(open.get()) + " to the end of the load",
                    List.of());
        }
        return new Finding(
                new Measurement.Time(longest),
                "no " + kind + " was answered from " + Wording.exactMoment(begin) + " to "
                        + Wording.exactMoment(begin.plus(longest)),
                List.of());
    }

    /** Walks along the requests once, in the order in which they were due: there may be a million of them. */
    private static final class Waiting {
        private final List<RequestSample> byStart;
        private int due;
        private Duration lastEnd = Duration.ZERO;

        Waiting(List<RequestSample> requests) {
            byStart = requests.stream()
                    .sorted(Comparator.comparing(RequestSample::start))
                    .toList();
        }

        /**
         * When a client first waited in that time; its end if none did.
         *
         * @param from not before that of the call before
         */
        Duration firstBetween(Duration from, Duration to) {
            while (due < byStart.size() && byStart.get(due).start().compareTo(from) <= 0) {
                Duration end = byStart.get(due).end();
                lastEnd = end.compareTo(lastEnd) > 0 ? end : lastEnd;
                due++;
            }
            if (lastEnd.compareTo(from) > 0) {
                return from;
            }
            boolean another = due < byStart.size() && byStart.get(due).start().compareTo(to) < 0;
            return another ? byStart.get(due).start() : to;
        }
    }

    /** When, in that time, a client first waited for an answer. */
    private static Optional<Duration> firstWanted(List<RequestSample> requests, Duration from, Duration to) {
        return requests.stream()
                .filter(request ->
                        request.end().compareTo(from) > 0 && request.start().compareTo(to) < 0)
                .map(request -> request.start().compareTo(from) < 0 ? from : request.start())
                .min(Comparator.naturalOrder());
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
