package io.failoverlab.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A fault that was injected. Closing it undoes it; closing it again does nothing. */
public final class ActiveFault implements AutoCloseable {
    private final Fault fault;
    private final FaultRecord record;
    private final Function<Undo, String> undoing;
    private boolean healed;
    private String healing = "";

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
    public synchronized String healing() {
        return healing;
    }

    public synchronized boolean isHealed() {
        return healed;
    }

    /**
     * What it had hit is not there any more: there is nothing to undo.
     *
     * @return whether it lasted until now
     */
    public synchronized boolean endsWith(String why) {
        if (healed) {
            return false;
        }
        healed = true;
        healing = why;
        return true;
    }

    /**
     * Undoes it unless it is undone already. Where that fails it lasts, and can be tried again.
     *
     * @return whether it lasted until now: of several who undo it at once, one is told so
     */
    public synchronized boolean undoOnce() {
        if (healed) {
            return false;
        }
        healing = undo();
        healed = true;
        return true;
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
