package io.failoverlab.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The host's clock and timers. Tasks run on threads of their own, so that a slow one delays no other. */
public final class LabScheduler implements InstantSource, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("lab timer").unstarted(task));
    private final Consumer<Throwable> failures;

    /** @param failures told of every exception that a task lets escape; the task goes on at its next time */
    public LabScheduler(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    /** Runs the task again and again, from now on; a run that is still going on when the next is due skips that one. */
    public AutoCloseable every(Duration interval, Runnable task) {
        Runnable single = skippingOverlaps(task);
        ScheduledFuture<?> future =
                timer.scheduleAtFixedRate(() -> launch(single), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Runs the task once, after the delay, unless closed before. */
    public AutoCloseable after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = timer.schedule(() -> launch(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Runs the task at once on a thread of its own. */
    public void launch(Runnable task) {
        Thread.ofVirtual().name("lab task").start(() -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                failures.accept(failure);
            }
        });
    }

    private static Runnable skippingOverlaps(Runnable task) {
        java.util.concurrent.Semaphore free = new java.util.concurrent.Semaphore(1);
        return () -> {
            if (free.tryAcquire()) {
                try {
                    task.run();
                } finally {
                    free.release();
                }
            }
        };
    }

    /** Waits until the attempt gives a value; empty if it does not within the limit. */
    public <T> Optional<T> await(Duration limit, Supplier<Optional<T>> attempt) {
        Instant end = instant().plus(limit);
        while (true) {
            Optional<T> value = attempt.get();
            if (value.isPresent() || !instant().isBefore(end)) {
                return value;
            }
            pause(POLL);
        }
    }

    /** @throws RejectedExecutionException if the thread is interrupted; the interrupt is kept */
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting", interrupted);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
