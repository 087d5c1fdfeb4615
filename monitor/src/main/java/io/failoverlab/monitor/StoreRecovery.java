package io.failoverlab.monitor;

import io.failoverlab.event.EventLog;
import io.failoverlab.event.LabEvent;
import io.failoverlab.store.StoreDamage;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when the store was healed while the monitor runs: the damage is told, and what is in memory is saved again. The disk
 * may fail still, so each saving is on its own and is tried until it succeeds.
 */
final class StoreRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRecovery.class);

    private final DamageReport report;
    private final EventLog events;
    private final Consumer<List<LabEvent>> listener;
    private final InstantSource clock;
    private final List<Runnable> savings;
    private final Queue<Runnable> unsaved = new ConcurrentLinkedQueue<>();
    private final ReentrantLock saving = new ReentrantLock();

    /** @param savings each puts one kind of what is in memory into the store */
    StoreRecovery(
            DamageReport report,
            EventLog events,
            Consumer<List<LabEvent>> listener,
            InstantSource clock,
            List<Runnable> savings) {
        this.report = report;
        this.events = events;
        this.listener = listener;
        this.clock = clock;
        this.savings = savings;
    }

    /** Uses the store. */
    void healed(StoreDamage damage) {
        List<LabEvent> told = List.of(report.of(damage, clock.instant()));
        listener.accept(told);
        unsaved.add(() -> events.append(told));
        unsaved.addAll(savings);
        save();
    }

    /** Tries everything that is not saved yet, once; to be called every few seconds. */
    void save() {
        saving.lock();
        try {
            for (int waiting = unsaved.size(); waiting > 0; waiting--) {
                save(unsaved.remove());
            }
        } finally {
            saving.unlock();
        }
    }

    private void save(Runnable next) {
        try {
            next.run();
        } catch (RuntimeException e) {
            LOG.error("The healed store could not be written; the next attempt follows in a moment", e);
            unsaved.add(next);
        }
    }
}
