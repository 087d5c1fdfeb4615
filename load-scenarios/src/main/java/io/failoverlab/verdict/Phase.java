package io.failoverlab.verdict;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One part of the judged run, before, during or after the fault as {@link Windows} divides it: what became of its requests.
 *
 * @param name before, during, after
 * @param requests all that belong to it; one or more
 * @param lost why requests failed, to how many
 * @param p50 like the other times over all of its requests, failed ones included
 */
public record Phase(
        String name,
        long requests,
        Map<FailureCause, Long> lost,
        Duration p50,
        Duration p95,
        Duration p99,
        Duration max) {

    public Phase {
        EnumMap<FailureCause, Long> copy = new EnumMap<>(FailureCause.class);
        copy.putAll(lost);
        lost = Collections.unmodifiableMap(copy);
    }

    /** The phases that had requests, in their order. */
    static List<Phase> of(History history) {
        return Windows.of(history)
                .map(windows -> Arrays.stream(Windows.Part.values())
                        .map(part -> Map.entry(part, windows.judged(history, part)))
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> of(entry.getKey().label(), entry.getValue()))
                        .toList())
                .orElse(List.of());
    }

    private static Phase of(String name, List<RequestSample> requests) {
        List<Duration> latencies =
                requests.stream().map(RequestSample::duration).sorted().toList();
        EnumMap<FailureCause, Long> lost = new EnumMap<>(FailureCause.class);
        requests.stream()
                .filter(request -> !request.ok())
                .forEach(request -> lost.merge(FailureCause.of(request), 1L, Long::sum));
        return new Phase(
                name,
                requests.size(),
                lost,
                Percentile.of(latencies, 50),
                Percentile.of(latencies, 95),
                Percentile.of(latencies, 99),
                latencies.getLast());
    }

    public long lostInAll() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of its requests that were answered as asked for, as every report writes it. */
    public String availability() {
        long answered = requests - lostInAll();
        return answered == requests ? "100 %" : Wording.percentBelowWhole(answered, requests);
    }

    /** The causes and their counts, the commonest first: {@code 12 HTTP 5xx, 1 timed out}; a dash where nothing was lost. */
    public String causes() {
        return lost.isEmpty()
                ? "-"
                : String.join(
                        ", ",
                        lost.entrySet().stream()
                                .sorted(Map.Entry.<FailureCause, Long>comparingByValue()
                                        .reversed())
                                .map(cause -> Wording.count(cause.getValue()) + " "
                                        + cause.getKey().label())
                                .toList());
    }
}
