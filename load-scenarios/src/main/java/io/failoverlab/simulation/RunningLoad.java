package io.failoverlab.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A load under way, made by {@link LoadGenerator}. For use by several threads. */
public final class RunningLoad implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);
    private static final int LOG_LINES = 20;

    private final Process process;
    private final Path directory;
    private final Path log;
    private final LoadListener listener;
    private final LoadEvent.Codec codec = new LoadEvent.Codec();
    private final CompletableFuture<Instant> started = new CompletableFuture<>();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

    private RunningLoad(Process process, Path directory, Path log, LoadListener listener) {
        this.process = process;
        this.directory = directory;
        this.log = log;
        this.listener = listener;
    }

    static RunningLoad follow(Process process, Path directory, Path log, LoadListener listener)
            throws InterruptedException {
        RunningLoad load = new RunningLoad(process, directory, log, listener);
        Thread.ofPlatform().daemon().name("load-events").start(load::listen);
        try {
            load.get(load.started, READY_WITHIN, "was not ready");
            return load;
        } catch (InterruptedException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** When the schedule of requests began, to the millisecond. */
    public Instant startedAt() {
        return started.join();
    }

    /** Process id of the generator. */
    public long pid() {
        return process.pid();
    }

    /** Asks for the end of the load, at once: requests under way are abandoned. Await it with {@link #await}. */
    public void stop() {
        try {
            process.getOutputStream().write((LoadMain.STOP + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            // It has ended by itself; await() tells how.
        }
    }

    /**
     * Waits for the end of the load, of Gatling's report and of the process.
     *
     * @throws LoadGeneratorFailed if the generator broke off, the listener failed, or the time is up (the load goes on)
     */
    public LoadResult await(Duration atMost) throws InterruptedException {
        return get(result, atMost, "was not over");
    }

    /** Stops the load if it is still under way, kills the process if it does not obey. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private <T> T get(CompletableFuture<T> future, Duration atMost, String otherwise) throws InterruptedException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new LoadGeneratorFailed(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new LoadGeneratorFailed("the load " + otherwise + " within " + atMost.toSeconds() + " s" + logTail());
        }
    }

    private void listen() {
        try (BufferedReader events = process.inputReader(StandardCharsets.UTF_8)) {
            LoadEvent.Finished finished = null;
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                switch (codec.event(line)) {
                    case LoadEvent.Started event -> started.complete(Instant.ofEpochMilli(event.epochMillis()));
                    case LoadSecond event -> listener.second(event);
                    case GeneratorUse event -> listener.used(event);
                    case LoadEvent.Finished event -> finished = event;
                }
            }
            conclude(Optional.ofNullable(finished), process.waitFor());
        } catch (IOException | InterruptedException unreadable) {
            fail(new LoadGeneratorFailed(
                    "the load was ended, its events could not be read: " + unreadable, unreadable));
        } catch (RuntimeException | Error broken) {
            fail(new LoadGeneratorFailed("the load was ended because its listener failed: " + broken, broken));
        }
    }

    private void conclude(Optional<LoadEvent.Finished> finished, int exit) {
        if (finished.isEmpty() || exit != 0) {
            fail(new LoadGeneratorFailed(
                    "the load generator ended before its load was over, with exit code " + exit + logTail()));
            return;
        }
        String report = finished.get().report();
        result.complete(new LoadResult(
                finished.get().ending(), report.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(report))));
    }

    private void fail(LoadGeneratorFailed failure) {
        process.destroyForcibly().onExit().join();
        started.completeExceptionally(failure);
        result.completeExceptionally(failure);
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
            return "; the end of " + log + ":\n" + String.join("\n", last);
        } catch (IOException unreadable) {
            return "; " + log + " cannot be read: " + unreadable.getMessage();
        }
    }
}
