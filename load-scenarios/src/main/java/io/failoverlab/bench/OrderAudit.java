package io.failoverlab.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a trial's orders, by the ledger that is behind all targets: the set test of Jepsen. Pure.
 *
 * @param attempted orders that were sent
 * @param acknowledged those answered with 200 to 299
 * @param found those that the ledger has, under their key and with their content
 * @param lost those acknowledged and not found
 * @param doubled rows of the ledger beyond one for each order found, whatever their key
 */
public record OrderAudit(long attempted, long acknowledged, long found, long lost, long doubled) {
    /** Of a trial without orders. */
    static final OrderAudit NONE = new OrderAudit(0, 0, 0, 0, 0);

    /** @param ledger every row, read when nothing can be under way any more */
    static OrderAudit of(List<Answer> answers, List<Order> ledger) {
        Set<Order> attempted =
                answers.stream().map(Answer::order).flatMap(Optional::stream).collect(Collectors.toSet());
        Set<Order> acknowledged = answers.stream()
                .filter(answer -> !answer.lost())
                .map(Answer::order)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        Set<Order> found = new HashSet<>(ledger);
        found.retainAll(attempted);
        long kept = acknowledged.stream().filter(found::contains).count();
        return new OrderAudit(
                attempted.size(),
                acknowledged.size(),
                found.size(),
                acknowledged.size() - kept,
                ledger.size() - found.size());
    }

    OrderAudit plus(OrderAudit other) {
        return new OrderAudit(
                attempted + other.attempted,
                acknowledged + other.acknowledged,
                found + other.found,
                lost + other.lost,
                doubled + other.doubled);
    }
}
