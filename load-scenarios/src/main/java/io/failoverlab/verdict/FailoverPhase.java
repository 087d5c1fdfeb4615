package io.failoverlab.verdict;

import io.failoverlab.history.Event;
import io.failoverlab.history.Event.DatabaseFailedOver;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One of the four phases of a Multi-AZ database's failover; each begins where the one before it ends. Of several failovers the
 * longest counts; those that end after the load do not.
 */
enum FailoverPhase implements Check {
    /** Begins with the fault of the old primary; where there was none, with the failure as far as the lab could know it. */
    DETECT(DatabaseFailedOver::decided, failover -> "the failover began: " + failover.cause()),
    /** Fence, apply what was received, open. */
    PROMOTE(DatabaseFailedOver::promoted, failover -> failover.to() + " was open as the primary"),
    /** Move the name, cut what clients have with the old address. */
    ENDPOINT(DatabaseFailedOver::moved, failover -> "the endpoint led to " + failover.to()),
    /** The application's own part: its time-outs, its cache of names, its pool. */
    CLIENT(DatabaseFailedOver::at, failover -> "the application was connected to " + failover.to());

    private final Function<DatabaseFailedOver, Duration> end;
    private final Function<DatabaseFailedOver, String> reached;

    /** @param reached what had come to pass at its end */
    FailoverPhase(Function<DatabaseFailedOver, Duration> end, Function<DatabaseFailedOver, String> reached) {
        this.end = end;
        this.reached = reached;
    }

    @Override
    public boolean appliesTo(History history) {
        return history.events(DatabaseFailedOver.class).findAny().isPresent();
    }

    @Override
    public Finding find(History history) {
        Duration endOfLoad = Windows.endOfLoad(history);
        List<DatabaseFailedOver> failovers = history.events(DatabaseFailedOver.class)
                .filter(failover -> failover.at().compareTo(endOfLoad) <= 0)
                .toList();
        return failovers.stream()
                .max(Comparator.comparing(failover -> length(history, failover)))
                .map(longest -> new Finding(
                        new Measurement.Time(length(history, longest)),
                        "from " + Wording.exactMoment(begin(history, longest)) + " to "
                                + AfterFault.line(end.apply(longest), reached.apply(longest)),
                        List.of()))
                .orElseGet(() -> Finding.missing("no failover of a database was over before the load"));
    }

    private Duration length(History history, DatabaseFailedOver failover) {
        return end.apply(failover).minus(begin(history, failover));
    }

    private Duration begin(History history, DatabaseFailedOver failover) {
        return this == DETECT ? failure(history, failover) : values()[ordinal() - 1].end.apply(failover);
    }

    /** The last fault on the old primary that lasted when the failover was decided. */
    private static Duration failure(History history, DatabaseFailedOver failover) {
        return history.events(FaultInjected.class)
                .filter(fault -> fault.instance().equals(failover.from())
                        && fault.tookEffect()
                        && fault.at().compareTo(failover.decided()) <= 0
                        && !isHealedBefore(history, fault, failover.decided()))
                .map(Event::at)
                .reduce((earlier, later) -> later)
                .orElse(failover.failed());
    }

    private static boolean isHealedBefore(History history, FaultInjected fault, Duration moment) {
        return history.events(FaultHealed.class)
                .anyMatch(healed -> healed.instance().equals(fault.instance())
                        && healed.fault().equals(fault.fault())
                        && healed.at().compareTo(fault.at()) >= 0
                        && healed.at().compareTo(moment) < 0);
    }
}
