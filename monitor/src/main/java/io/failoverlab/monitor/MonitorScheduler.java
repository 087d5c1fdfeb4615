package io.failoverlab.monitor;

import io.failoverlab.notify.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place of the monitor that waits for the clock. Everything runs on virtual threads and may block. */
final class MonitorScheduler implements Timer, Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorScheduler.class);

    /** Nanoseconds. */
    private static final long LONGEST_SLEEP = 10_000_000_000L;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private interface Interruptible {
        void run() throws InterruptedException;
    }

    /**
     * Runs the task in every interval of the wall clock, {@code offset} after its beginning; an interval that passes while the task
     * still runs is left out.
     */
    void every(Duration interval, Duration offset, String name, Runnable task) {
        start(name, () -> {
            while (!closed) {
                sleepUntil(next(interval, offset));
                if (!closed) {
                    runSafely(name, task);
                }
            }
        });
    }

    private static Instant next(Duration interval, Duration offset) {
        Instant now = Instant.now().minus(offset);
        long seconds = interval.toSeconds();
        long next = (Math.floorDiv(now.getEpochSecond(), seconds) + 1) * seconds;
        return Instant.ofEpochSecond(next).plus(offset);
    }

    /** In sleeps of {@link #LONGEST_SLEEP} at most, so that a clock that is set back does not make one of hours. */
    private static void sleepUntil(Instant time) throws InterruptedException {
        long nanos = ChronoUnit.NANOS.between(Instant.now(), time);
        while (nanos > 0 && nanos < Duration.ofHours(1).toNanos()) {
            Thread.sleep(Duration.ofNanos(Math.min(nanos, LONGEST_SLEEP)));
            nanos = ChronoUnit.NANOS.between(Instant.now(), time);
        }
    }

    @Override
    public void after(Duration delay, Runnable task) {
        start("later", () -> {
            Thread.sleep(delay);
            if (!closed) {
                runSafely("a delayed task", task);
            }
        });
    }

    @Override
    public void execute(Runnable task) {
        start("task", () -> runSafely("a task", task));
    }

    private void start(String name, Interruptible body) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private static void runSafely(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed", name, e);
        }
    }

    /** Nothing begins any more; what waits is given up. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
