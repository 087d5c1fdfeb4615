package io.failoverlab.bench;

import java.time.Duration;
import java.util.List;

/**
 * How much the lab's nginx carries when clients always have the same number of requests under way.
 *
 * @param controller whether the lab's controller was at it: health checks, access log, metrics
 */
public record Throughput(boolean controller, double perSecond, Duration p99, long lost) {
    static Throughput of(boolean controller, Duration time, List<Answer> answers) {
        List<Duration> sorted = answers.stream().map(Answer::took).sorted().toList();
        return new Throughput(
                controller,
                answers.size() * 1e9 / time.toNanos(),
                sorted.isEmpty() ? Duration.ZERO : sorted.get((int) (sorted.size() * 99L / 100)),
                answers.stream().filter(Answer::lost).count());
    }

    /** For people. */
    public String line() {
        return "throughput, controller %-3s  %.0f requests/s, p99 %.1f ms, %d lost"
                .formatted(controller ? "on" : "off", perSecond, p99.toNanos() / 1e6, lost);
    }
}
