package io.failoverlab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Work of several clients at the same time. */
final class Workers {
    private Workers() {}

    /**
     * Runs the work once for each number from 0, each on a thread of its own, and waits for all; an interrupt ends them.
     *
     * @throws BenchFailed if one fails
     */
    static void run(int count, IntConsumer work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("client ", 0).factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < count; worker++) {
                int number = worker;
                running.add(threads.submit(() -> work.accept(number)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new BenchFailed("a client of the monitor failed: " + failure.getCause(), failure.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
