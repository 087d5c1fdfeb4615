package io.failoverlab.bench;

import java.util.List;

/**
 * What became of the orders of all trials with a fault. Pure.
 *
 * @param attempts trials, of which some may have given no figures
 * @param all orders of all of them
 * @param lossy trials in which an acknowledged order was lost
 * @param most lost in one trial
 */
record OrdersRow(DatabaseFault fault, FailoverBy by, int attempts, int trials, OrderAudit all, long lossy, long most) {

    static OrdersRow of(DatabaseFault fault, FailoverBy by, int attempts, List<FailoverTrial> trials) {
        return new OrdersRow(
                fault,
                by,
                attempts,
                trials.size(),
                trials.stream().map(FailoverTrial::orders).reduce(OrderAudit.NONE, OrderAudit::plus),
                trials.stream().filter(trial -> trial.orders().lost() > 0).count(),
                trials.stream().mapToLong(trial -> trial.orders().lost()).max().orElse(0));
    }

    /** Nothing lost and nothing doubled, by the lab; a peer has no aim. */
    boolean hasAim() {
        return by == FailoverBy.LAB;
    }

    boolean isAimMet() {
        return attempts == trials && all.lost() == 0 && all.doubled() == 0;
    }

    /** One row of the table. */
    List<String> row() {
        return List.of(
                fault.word(),
                by.title(),
                trials == attempts ? Integer.toString(attempts) : trials + " of " + attempts,
                Long.toString(all.attempted()),
                Long.toString(all.acknowledged()),
                Long.toString(all.found()),
                all.lost() == 0 ? "0" : all.lost() + " in " + lossy + " runs, most " + most,
                Long.toString(all.doubled()),
                hasAim() ? "0 lost, 0 doubled: " + (isAimMet() ? "met" : "missed") : "");
    }
}
