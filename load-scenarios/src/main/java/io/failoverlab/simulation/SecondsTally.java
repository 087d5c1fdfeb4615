package io.failoverlab.simulation;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.simulation.LoadRecorder.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sorts happenings into seconds and compares them with the plan. For one thread. */
final class SecondsTally {
    /** Kinds of error kept apart in one second: an error text with a changing part would make a line without end. */
    private static final int MOST_ERRORS = 10;

    private static final long MILLIS = 1000;

    private final LoadProfile profile;
    private final Instant started;
    private final NavigableMap<Long, Long> starts = new TreeMap<>();
    private final NavigableMap<Long, List<Answer>> answers = new TreeMap<>();

    SecondsTally(LoadProfile profile, Instant started) {
        this.profile = profile;
        this.started = started;
    }

    void add(Happening happening) {
        switch (happening) {
            case Happening.Started start -> starts.merge(start.epochMillis() / MILLIS, 1L, Long::sum);
            case Happening.Ended end ->
                answers.computeIfAbsent(end.answer().endMillis() / MILLIS, second -> new ArrayList<>())
                        .add(end.answer());
        }
    }

    /** The last second in which anything is known to have happened. */
    long lastSecond() {
        long lastStart = starts.isEmpty() ? 0 : starts.lastKey();
        return Math.max(lastStart, answers.isEmpty() ? 0 : answers.lastKey());
    }

    /**
     * Takes out the second, and with it whatever was handed in too late for a second taken out before: the sum over all
     * seconds is exact, the second may be off by the few milliseconds that a thread was held up.
     */
    LoadSecond take(long epochSecond) {
        SortedMap<Long, Long> started = starts.headMap(epochSecond, true);
        long startedInIt = started.values().stream().mapToLong(Long::longValue).sum();
        started.clear();
        SortedMap<Long, List<Answer>> ended = answers.headMap(epochSecond, true);
        Map<String, List<Answer>> byName = ended.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Answer::name, TreeMap::new, Collectors.toList()));
        ended.clear();
        List<RequestCount> counts = new ArrayList<>();
        byName.forEach((name, all) -> counts.add(count(name, all)));
        return new LoadSecond(epochSecond, due(epochSecond), startedInIt, judged(epochSecond), counts);
    }

    private long due(long epochSecond) {
        Instant begin = Instant.ofEpochSecond(epochSecond);
        return profile.due(Duration.between(started, begin.plusSeconds(1)))
                - profile.due(Duration.between(started, begin));
    }

    private boolean judged(long epochSecond) {
        Instant begin = Instant.ofEpochSecond(epochSecond);
        return !begin.isBefore(profile.judgedFrom(started))
                && !begin.plusSeconds(1).isAfter(profile.judgedUntil(started));
    }

    private static RequestCount count(String name, List<Answer> answers) {
        long ok = answers.stream().filter(Answer::ok).count();
        return new RequestCount(
                name,
                ok,
                answers.size() - ok,
                tally(answers, answer -> answer.status() == 0 ? RequestCount.NO_STATUS : "" + answer.status()),
                tally(answers, answer -> answer.endMillis() - answer.startMillis()),
                commonest(tally(answers.stream().filter(answer -> !answer.ok()).toList(), Answer::error)));
    }

    private static <K> SortedMap<K, Long> tally(List<Answer> answers, Function<Answer, K> by) {
        return answers.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    private static SortedMap<String, Long> commonest(SortedMap<String, Long> errors) {
        if (errors.size() <= MOST_ERRORS) {
            return errors;
        }
        List<Map.Entry<String, Long>> ordered = errors.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        SortedMap<String, Long> kept = new TreeMap<>();
        ordered.forEach(
                error -> kept.merge(kept.size() < MOST_ERRORS ? error.getKey() : "other", error.getValue(), Long::sum));
        return kept;
    }
}
