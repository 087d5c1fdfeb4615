package io.failoverlab.app;

import java.util.Optional;

/** The deep health check. */
interface Readiness {
    /** Why this instance should get no requests now; empty if it should. Answers within the database's time-outs. */
    Optional<String> obstacle();

    /**
     * Asks the database through the pool, as a request would: an instance whose pool is exhausted can serve nobody. A
     * balancer that finds no ready instance at all goes on sending to every one of them (ELB's fail-open).
     */
    static Readiness of(Drain drain, Runnable ping) {
        return () -> {
            if (drain.begun()) {
                return Optional.of("shutting down");
            }
            try {
                ping.run();
                return Optional.empty();
            } catch (DatabaseUnavailableException e) {
                return Optional.of(e.getMessage());
            }
        };
    }
}
