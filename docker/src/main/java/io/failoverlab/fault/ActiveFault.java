package io.failoverlab.fault;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A fault that was injected. Closing it undoes it; closing it again does nothing. */
public final class ActiveFault implements AutoCloseable {
    private final Fault fault;
    private final String instance;
    private final Instant injectedAt;
    private final boolean tookEffect;
    private final String evidence;
    private final Supplier<String> undo;
    private final AtomicBoolean healed = new AtomicBoolean();
    private volatile String healing = "";

    /**
     * @param injectedAt the moment before the fault was handed to the engine
     * @param evidence what was seen of its effect
     * @param undo undoes it and says what was seen then
     */
    ActiveFault(
            Fault fault,
            String instance,
            Instant injectedAt,
            boolean tookEffect,
            String evidence,
            Supplier<String> undo) {
        this.fault = fault;
        this.instance = instance;
        this.injectedAt = injectedAt;
        this.tookEffect = tookEffect;
        this.evidence = evidence;
        this.undo = undo;
    }

    public Fault fault() {
        return fault;
    }

    public String instance() {
        return instance;
    }

    public Instant injectedAt() {
        return injectedAt;
    }

    public boolean tookEffect() {
        return tookEffect;
    }

    public String evidence() {
        return evidence;
    }

    /** What was seen when it was undone; empty while it lasts. */
    public String healing() {
        return healing;
    }

    public boolean isHealed() {
        return healed.get();
    }

    @Override
    public void close() {
        if (healed.compareAndSet(false, true)) {
            healing = undo.get();
        }
    }
}
