package io.failoverlab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One trial's figures.
 *
 * @param sent all requests
 * @param lost those without an answer of 200 to 299
 * @param slowest of the requests that ended after the fault, or after its time if there was none
 * @param p99 of the same
 * @param instrument how late the client itself was at the most
 * @param orders what became of them
 */
public record Trial(
        Contender contender,
        Disturbance disturbance,
        Mix mix,
        long sent,
        long lost,
        Duration slowest,
        Duration p99,
        Duration instrument,
        OrderAudit orders) {
    /** Columns of {@link #csv()}. */
    public static final String CSV_HEADER =
            "fault,requests,balancer,sent,lost,slowest ms,p99 ms,client late ms,orders sent,"
                    + "orders acknowledged,orders found,orders lost,orders doubled";

    static Trial of(
            Contender contender,
            Disturbance disturbance,
            Mix mix,
            List<Answer> answers,
            Instant faultAt,
            OrderAudit orders) {
        List<Duration> after = answers.stream()
                .filter(answer -> answer.ended().isAfter(faultAt))
                .map(Answer::took)
                .sorted()
                .toList();
        return new Trial(
                contender,
                disturbance,
                mix,
                answers.size(),
                answers.stream().filter(Answer::lost).count(),
                after.isEmpty() ? Duration.ZERO : after.getLast(),
                after.isEmpty() ? Duration.ZERO : after.get((int) Math.min(after.size() - 1, after.size() * 99L / 100)),
                answers.stream()
                        .map(Answer::late)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                orders);
    }

    /** One line of the file. */
    public String csv() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d,%.1f,%.1f,%.1f,%d,%d,%d,%d,%d",
                disturbance.word(),
                mix.name().toLowerCase(Locale.ROOT),
                contender.name().toLowerCase(Locale.ROOT),
                sent,
                lost,
                BalancerTable.millis(slowest),
                BalancerTable.millis(p99),
                BalancerTable.millis(instrument),
                orders.attempted(),
                orders.acknowledged(),
                orders.found(),
                orders.lost(),
                orders.doubled());
    }
}
