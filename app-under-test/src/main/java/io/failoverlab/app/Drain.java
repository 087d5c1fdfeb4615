package io.failoverlab.app;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the shop is on its way out: it still serves, but asks everybody to go elsewhere. */
final class Drain {
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Returns false if it had begun before. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    boolean begun() {
        return begun.get();
    }
}
