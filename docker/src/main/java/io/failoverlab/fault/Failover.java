package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import java.time.Instant;
import java.util.List;

/** A Multi-AZ database fails over to its standby: it is over once that one is the primary. */
public record Failover() implements ServiceFault {
    @Override
    public String name() {
        return "failover";
    }

    @Override
    public String standsFor() {
        return "RDS RebootDBInstance with failover (aws:rds:reboot-db-instances, aws:rds:failover-db-cluster)";
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public Injection prepare(Services services, String where, LabScheduler scheduler) {
        String primary = services.primary(where);
        return new Injection(primary, List.of(new Undo.Nothing(primary)), () -> {
            Instant injectedAt = scheduler.instant();
            return new Effect(injectedAt, true, services.failOver(where));
        });
    }
}
