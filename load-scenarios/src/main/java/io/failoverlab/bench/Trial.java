package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One trial's figures.
 *
 * @param sent all requests
 * @param lost those without an answer of 200 to 299
 * @param slowest of the requests that ended after the fault, or after its time if there was none
 * @param p99 of the same
 * @param instrument how late the client itself was at the most
 */
public record Trial(
        Contender contender,
        Disturbance disturbance,
        boolean orders,
        long sent,
        long lost,
        long lostOrders,
        Duration slowest,
        Duration p99,
        Duration instrument) {

    static Trial of(
            Contender contender, Disturbance disturbance, boolean orders, List<Answer> answers, Instant faultAt) {
        List<Answer> lost = answers.stream().filter(Answer::lost).toList();
        List<Duration> after = answers.stream()
                .filter(answer -> answer.ended().isAfter(faultAt))
                .map(Answer::took)
                .sorted()
                .toList();
        return new Trial(
                contender,
                disturbance,
                orders,
                answers.size(),
                lost.size(),
                lost.stream().filter(Answer::post).count(),
                after.isEmpty() ? Duration.ZERO : after.getLast(),
                after.isEmpty() ? Duration.ZERO : after.get((int) Math.min(after.size() - 1, after.size() * 99L / 100)),
                answers.stream()
                        .map(Answer::late)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }
}
