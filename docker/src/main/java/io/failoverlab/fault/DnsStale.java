package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import java.time.Instant;
import java.util.List;

/**
 * The name of the database goes on to lead to where it leads now. It costs nothing until a failover: then clients find the old
 * primary for as long as the fault lasts.
 */
public record DnsStale() implements ServiceFault {
    @Override
    public String name() {
        return "dns-stale";
    }

    @Override
    public String standsFor() {
        return "clients that keep a database's old address after a failover (a DNS cache beyond its time to live)";
    }

    @Override
    public Injection prepare(Services services, String where, LabScheduler scheduler) {
        String primary = services.primary(where);
        return new Injection(primary, List.of(new Undo.ReleaseName(primary)), () -> {
            Instant injectedAt = scheduler.instant();
            return new Effect(injectedAt, true, services.holdName(where));
        });
    }
}
