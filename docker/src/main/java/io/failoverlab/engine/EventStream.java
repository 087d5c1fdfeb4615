package io.failoverlab.engine;

import io.failoverlab.clock.LabScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the engine tells of a run's containers, without a gap: a stream that breaks off is opened again from its last event, and
 * a listener that fails ends nothing. Whoever waits for a death waits for this alone.
 */
final class EventStream implements AutoCloseable {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** By so much events that happen at once may be told out of order: a stream is opened again from before its last one. */
    private static final Duration DISORDER = Duration.ofSeconds(5);

    /** A stream of the engine, which may end at any time. */
    @FunctionalInterface
    interface Source {
        /**
         * @param since its first event is not before; empty for what happens from now on
         * @param ended told once, with the reason, when nothing more comes
         * @throws EngineException if it cannot be opened
         */
        AutoCloseable open(Optional<Instant> since, Consumer<ContainerEvent> listener, Consumer<String> ended);
    }

    private final Source source;
    private final LabScheduler scheduler;
    private final Consumer<ContainerEvent> listener;
    private final Consumer<String> trouble;
    private AutoCloseable stream = () -> {};
    /** From where a stream that breaks off is gone on with; empty before the first. */
    private Optional<Instant> goesOnFrom = Optional.empty();
    /** Those from there on, by which one that is told again is known. */
    private final Set<ContainerEvent> heard = new HashSet<>();

    private boolean broken;
    private boolean closed;

    private EventStream(
            Source source, LabScheduler scheduler, Consumer<ContainerEvent> listener, Consumer<String> trouble) {
        this.source = source;
        this.scheduler = scheduler;
        this.listener = listener;
        this.trouble = trouble;
    }

    /**
     * Begins to listen, from now on.
     *
     * @param trouble told when the stream breaks off or a listener fails
     */
    static EventStream open(
            Source source, LabScheduler scheduler, Consumer<ContainerEvent> listener, Consumer<String> trouble) {
        EventStream events = new EventStream(source, scheduler, listener, trouble);
        events.open();
        return events;
    }

    private synchronized void open() {
        if (closed) {
            return;
        }
        Optional<Instant> since = goesOnFrom;
        if (since.isEmpty()) {
            goesOnFrom = Optional.of(scheduler.instant());
        }
        try {
            stream = source.open(since, this::take, this::ended);
        } catch (EngineException failure) {
            ended(failure.getMessage());
        }
    }

    private void take(ContainerEvent event) {
        synchronized (this) {
            broken = false;
            if (closed || !heard.add(event)) {
                return;
            }
            Instant safe = event.at().minus(DISORDER);
            goesOnFrom = goesOnFrom.filter(safe::isBefore).or(() -> Optional.of(safe));
            heard.removeIf(it -> goesOnFrom.filter(it.at()::isBefore).isPresent());
        }
        try {
            listener.accept(event);
        } catch (RuntimeException failure) {
            trouble.accept("what follows from " + event.container() + "'s " + event.action() + " failed: "
                    + failure.getMessage());
        }
    }

    private synchronized void ended(String reason) {
        if (closed) {
            return;
        }
        if (!broken) {
            broken = true;
            trouble.accept("the engine's events broke off and are asked for again: " + reason);
        }
        scheduler.after(AGAIN_AFTER, this::open);
    }

    @Override
    public void close() {
        AutoCloseable open;
        synchronized (this) {
            closed = true;
            open = stream;
        }
        try {
            open.close();
        } catch (Exception failure) {
            throw new EngineException("the stream of the engine's events could not be closed", failure);
        }
    }
}
