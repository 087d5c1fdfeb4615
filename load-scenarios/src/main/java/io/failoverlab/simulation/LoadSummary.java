package io.failoverlab.simulation;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the requests of one stretch of a load add up to. A request belongs to the stretch that it starts in.
 *
 * @param length of the stretch
 * @param requests all that started in it
 * @param lost why requests failed, to how many
 * @param p50 median time to answer; like the other times over all requests, zero where there were none
 */
public record LoadSummary(
        Duration length,
        long requests,
        Map<FailureCause, Long> lost,
        Duration p50,
        Duration p95,
        Duration p99,
        Duration max) {

    private static final int MEDIAN = 50;
    private static final int P95 = 95;
    private static final int P99 = 99;
    private static final double PER_CENT = 100;
    private static final double MILLIS = 1000;

    public LoadSummary {
        EnumMap<FailureCause, Long> copy = new EnumMap<>(FailureCause.class);
        copy.putAll(lost);
        lost = Collections.unmodifiableMap(copy);
    }

    /**
     * Sums up.
     *
     * @param samples of the whole load
     * @param from begin of the stretch since the start of the load; ramp and warm-up together, for what is judged
     * @param to its end, exclusively; the planned duration, for what is judged
     * @throws IllegalArgumentException if the stretch is empty
     */
    public static LoadSummary of(List<RequestSample> samples, Duration from, Duration to) {
        if (from.compareTo(to) >= 0) {
            throw new IllegalArgumentException("stretch: expected an end after its begin, found " + from.toMillis()
                    + " to " + to.toMillis() + " ms");
        }
        List<RequestSample> within = samples.stream()
                .filter(sample ->
                        sample.start().compareTo(from) >= 0 && sample.start().compareTo(to) < 0)
                .toList();
        EnumMap<FailureCause, Long> lost = new EnumMap<>(FailureCause.class);
        within.stream()
                .filter(sample -> !sample.ok())
                .forEach(sample -> lost.merge(FailureCause.of(sample), 1L, Long::sum));
        Latencies times = new Latencies(
                within.stream().mapToLong(sample -> sample.duration().toMillis()));
        return new LoadSummary(
                to.minus(from),
                within.size(),
                lost,
                Duration.ofMillis(times.percentile(MEDIAN)),
                Duration.ofMillis(times.percentile(P95)),
                Duration.ofMillis(times.percentile(P99)),
                Duration.ofMillis(times.max()));
    }

    public long ko() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    public long ok() {
        return requests - ko();
    }

    /** Failed requests in per cent of all; 0 where there were none at all. */
    public double errorPercent() {
        return requests == 0 ? 0 : PER_CENT * ko() / requests;
    }

    /** Requests started a second. */
    public double rate() {
        return requests * MILLIS / length.toMillis();
    }

    /** Some lines for people, the failures by cause among them. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(format("requests  %,d in %d s, %.1f/s", requests, length.toSeconds(), rate()));
        lines.add(format("ok        %,d", ok()));
        lines.add(format("failed    %,d (%.3f %%)", ko(), errorPercent()));
        lost.forEach((cause, count) -> lines.add(format("          %,d %s", count, cause.label())));
        lines.add(format(
                "latency   p50 %d ms, p95 %d ms, p99 %d ms, max %d ms",
                p50.toMillis(), p95.toMillis(), p99.toMillis(), max.toMillis()));
        return lines;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
