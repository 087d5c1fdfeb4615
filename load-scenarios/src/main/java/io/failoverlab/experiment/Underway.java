package io.failoverlab.experiment;

import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An experiment whose load is under way, for whoever breaks the stack by hand meanwhile. */
public interface Underway extends AutoCloseable {
    /** Waits until that much of the load is over; not at all if it is already. */
    void await(Duration sinceStart) throws InterruptedException;

    /**
     * Injects a fault now.
     *
     * @param where name of the instance, or letter of the zone
     * @param limit after which it is undone; without one when the load ends, or when it is closed
     * @throws IllegalArgumentException if there is no such place
     * @throws io.failoverlab.ec2.NotRunning if nothing there can be hurt now
     */
    ActiveFault inject(Fault fault, String where, Optional<Duration> limit);

    /** From now on the experiment's own faults are injected at their times, until the load ends. */
    void injectAsPlanned();

    /**
     * Waits for the end of the load, undoes what is still active, waits for the health gate, reads the ledger back, saves the
     * history and judges it.
     *
     * @param expectations beside those of the experiment, or instead of what it expects of the same figures
     */
    RunOutcome finish(Map<String, String> expectations) throws IOException, InterruptedException;

    /** Ends the load, and undoes what is still active on a lab that other runs are to follow on. */
    @Override
    void close();
}
