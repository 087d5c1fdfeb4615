package io.failoverlab.fault;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A fault that was injected. Closing it undoes it; closing it again does nothing. */
public final class ActiveFault implements AutoCloseable {
    private final Fault fault;
    private final String where;
    private final List<String> instances;
    private final Instant injectedAt;
    private final boolean tookEffect;
    private final String evidence;
    private final Supplier<String> undo;
    private final AtomicBoolean healed = new AtomicBoolean();
    private volatile String healing = "";

    /**
     * @param where in words, such as {@code web-1a} or {@code zone ap-northeast-1a}
     * @param instances names of all that it hit
     * @param injectedAt the moment before the fault was handed to the engine
     * @param evidence what was seen of its effect
     * @param undo undoes it and says what was seen then
     */
    ActiveFault(
            Fault fault,
            String where,
            List<String> instances,
            Instant injectedAt,
            boolean tookEffect,
            String evidence,
            Supplier<String> undo) {
        this.fault = fault;
        this.where = where;
        this.instances = List.copyOf(instances);
        this.injectedAt = injectedAt;
        this.tookEffect = tookEffect;
        this.evidence = evidence;
        this.undo = undo;
    }

    /** On one instance. */
    ActiveFault(
            Fault fault,
            String instance,
            Instant injectedAt,
            boolean tookEffect,
            String evidence,
            Supplier<String> undo) {
        this(fault, instance, List.of(instance), injectedAt, tookEffect, evidence, undo);
    }

    public Fault fault() {
        return fault;
    }

    /** In words, such as {@code web-1a} or {@code zone ap-northeast-1a}. */
    public String where() {
        return where;
    }

    /** Names of all instances that it hit. */
    public List<String> instances() {
        return instances;
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

    /** What it had hit is not there any more: there is nothing to undo. */
    public void endsWith(String why) {
        if (healed.compareAndSet(false, true)) {
            healing = why;
        }
    }

    @Override
    public void close() {
        if (healed.compareAndSet(false, true)) {
            healing = undo.get();
        }
    }
}
