package io.failoverlab.bench;

import java.time.Duration;
import java.util.List;

/**
 * What keep-alive clients saw while targets came and went.
 *
 * @param asked changes of the target group that were asked for
 * @param served configurations that the balancer was seen to serve meanwhile
 */
public record Changes(int asked, long served, Duration time, long sent, long lost, Duration slowest) {
    static Changes of(int asked, long served, Duration time, List<Answer> answers) {
        return new Changes(
                asked,
                served,
                time,
                answers.size(),
                answers.stream().filter(Answer::lost).count(),
                answers.stream().map(Answer::took).max(Duration::compareTo).orElse(Duration.ZERO));
    }

    /** For people. */
    public String line() {
        return "target changes: %d in %d s, %d configurations served, %d of %d requests lost, slowest %.1f ms"
                .formatted(asked, time.toSeconds(), served, lost, sent, slowest.toNanos() / 1e6);
    }
}
