package io.failoverlab.junit;

import io.failoverlab.document.DurationText;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.experiment.Underway;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Faults;
import io.failoverlab.report.Reports;
import io.failoverlab.verdict.Expectation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A load under way. Break the stack meanwhile, then ask for the {@link #verdict}; one that is left ends with its test. */
public final class LoadRun implements AutoCloseable {
    private final Underway run;
    private final Awaiting awaiting;
    private final Runnable ended;
    private boolean over;

    /** Waits for what the lab shows. */
    interface Awaiting {
        /** The state that an alarm is in, and why, once it is in the wanted one or the time is up. */
        String alarm(String name, String wanted, Duration limit);

        /** The names of those that are not in service, once all are or the time is up. */
        String outOfService(Duration limit);
    }

    LoadRun(Underway run, Awaiting awaiting, Runnable ended) {
        this.run = run;
        this.awaiting = awaiting;
        this.ended = ended;
    }

    /** Waits until that much of the load is over; not at all if it is already. */
    public LoadRun await(Duration sinceStart) throws InterruptedException {
        run.await(sinceStart);
        return this;
    }

    /**
     * Injects a fault now. Closing it undoes it; else it is undone when the load ends.
     *
     * @param fault its name, one of {@link Faults#names()}
     * @param where name of the instance such as {@code web-1a} or of the database, or letter of the zone
     * @throws AssertionError if it was not seen to take effect
     */
    public ActiveFault inject(String fault, String where) {
        return inject(fault, where, Optional.empty(), Map.of());
    }

    /** As {@link #inject(String, String)}, undone after that time. */
    public ActiveFault inject(String fault, String where, Duration limit) {
        return inject(fault, where, Optional.of(limit), Map.of());
    }

    /** As {@link #inject(String, String, Duration)}, with parameters of the fault by name, such as {@code percent}. */
    public ActiveFault inject(String fault, String where, Duration limit, Map<String, String> parameters) {
        return inject(fault, where, Optional.of(limit), parameters);
    }

    private ActiveFault inject(String name, String where, Optional<Duration> limit, Map<String, String> parameters) {
        Fault fault = Faults.named(name, limit, parameters);
        ActiveFault active = run.inject(fault, where, limit);
        if (!active.tookEffect()) {
            throw new AssertionError(
                    name + " of " + where + ": expected it to take effect, found " + active.evidence());
        }
        return active;
    }

    /**
     * Waits for an alarm.
     *
     * @param state OK, ALARM or INSUFFICIENT_DATA
     * @throws AssertionError if it is in another one when the time is up, with the monitor's reason
     */
    public LoadRun awaitAlarm(String name, String state, Duration limit) {
        String found = awaiting.alarm(name, state, limit);
        if (!found.equals(state)) {
            throw new AssertionError("alarm " + name + ": expected " + state + " within " + DurationText.print(limit)
                    + ", found " + found);
        }
        return this;
    }

    /**
     * Waits until every target is healthy and served.
     *
     * @throws AssertionError naming those that are not when the time is up
     */
    public LoadRun awaitInService(Duration limit) {
        String missing = awaiting.outOfService(limit);
        if (!missing.isEmpty()) {
            throw new AssertionError(
                    "expected every target in service within " + DurationText.print(limit) + ", found " + missing);
        }
        return this;
    }

    /** What the experiment plans, to its end. */
    LabVerdict asPlanned() throws InterruptedException {
        run.injectAsPlanned();
        return verdict();
    }

    /**
     * Waits for the end of the load and judges it: everything that is still broken is healed, the orders are read back, and the
     * run is kept with its reports.
     *
     * @param expectations such as {@code "requests lost = 0"}; at least one, since of nothing the verdict is UNKNOWN
     * @throws IllegalArgumentException if one cannot be understood, or is a second one of a figure; the load goes on
     */
    public LabVerdict verdict(String... expectations) throws InterruptedException {
        Map<String, String> expected = expected(expectations);
        try {
            RunOutcome outcome = run.finish(expected);
            Path page = Reports.save(outcome.history(), outcome.judgement(), outcome.folder());
            return new LabVerdict(outcome.judgement(), page);
        } catch (IOException failure) {
            throw new UncheckedIOException("the run could not be kept", failure);
        } finally {
            close();
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    private static Map<String, String> expected(String... expectations) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String written : expectations) {
            Expectation.parse(written).addTo(expected);
        }
        return expected;
    }

    /** Ends the load at once and heals what is still broken; nothing if it is over. */
    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            try {
                run.close();
            } finally {
                ended.run();
            }
        }
    }
}
