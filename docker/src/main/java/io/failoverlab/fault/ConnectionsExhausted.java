package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import java.time.Instant;
import java.util.List;

/**
 * Somebody has taken every connection that the database allows: those of the application go on, a new one is refused with "Too many
 * connections". The lab holds them, so that they are given back with its own end, too.
 */
public record ConnectionsExhausted() implements ServiceFault {
    @Override
    public String name() {
        return "connections-exhausted";
    }

    @Override
    public String standsFor() {
        return "a database at max_connections (DatabaseConnections at its limit)";
    }

    @Override
    public Injection prepare(Services services, String where, LabScheduler scheduler) {
        String primary = services.primary(where);
        return new Injection(primary, List.of(new Undo.GiveConnections(primary)), () -> {
            Instant injectedAt = scheduler.instant();
            Services.Taken taken = services.takeConnections(where);
            return new Effect(injectedAt, taken.all(), taken.evidence());
        });
    }
}
