package io.failoverlab.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A fault that was injected. Closing it undoes it; closing it again does nothing. Its monitor is held while it acts and while it
 * is undone: what is undone while it still acts would come after its undo.
 */
public final class ActiveFault implements AutoCloseable {
    private final Fault fault;
    private final Function<Undo, String> undoing;
    private volatile FaultRecord record;
    /** What was seen when it ended; empty while it lasts. */
    private final AtomicReference<Optional<String>> end = new AtomicReference<>(Optional.empty());

    /** @param undoing carries out, and says what was seen then */
    public ActiveFault(FaultRecord record, Fault fault, Function<Undo, String> undoing) {
        this.record = record;
        this.fault = fault;
        this.undoing = undoing;
    }

    public Fault fault() {
        return fault;
    }

    /** What is written down of it. */
    public FaultRecord record() {
        return record;
    }

    /** It has acted, and that is what is known of it now. */
    public void acted(FaultRecord known) {
        record = known;
    }

    /** In words, such as {@code web-1a} or {@code zone ap-northeast-1a}. */
    public String where() {
        return record.where();
    }

    /** Names of all instances that it hit. */
    public List<String> instances() {
        return record.undo().stream().map(Undo::instance).toList();
    }

    public Instant injectedAt() {
        return record.effect().injectedAt();
    }

    /** When it ends by itself; empty if it does not. */
    public Optional<Instant> until() {
        return record.until();
    }

    public boolean tookEffect() {
        return record.effect().tookEffect();
    }

    public String evidence() {
        return record.effect().evidence();
    }

    /** What was seen when it was undone; empty while it lasts. */
    public String healing() {
        return end.get().orElse("");
    }

    /** Known at once, also while it acts or is being undone. */
    public boolean isHealed() {
        return end.get().isPresent();
    }

    /**
     * What it had hit is not there any more: there is nothing to undo.
     *
     * @return whether it lasted until now
     */
    public boolean endsWith(String why) {
        return end.compareAndSet(Optional.empty(), Optional.of(why));
    }

    /**
     * Undoes it. Where that fails it lasts, and can be tried again.
     *
     * @return whether it lasted until now: of several who undo it at once, one is told so
     */
    public synchronized boolean undoOnce() {
        return !isHealed() && endsWith(undo());
    }

    @Override
    public void close() {
        undoOnce();
    }

    private String undo() {
        List<String> seen = Together.map(record.undo(), undoing);
        if (seen.size() == 1) {
            return seen.getFirst();
        }
        return seen.stream().distinct().count() == 1
                ? String.join(", ", instances()) + ": " + seen.getFirst()
                : record.undo().stream()
                        .map(it -> it.instance() + ": " + seen.get(record.undo().indexOf(it)))
                        .collect(Collectors.joining("; "));
    }
}
