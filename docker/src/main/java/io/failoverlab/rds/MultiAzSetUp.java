package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;

/** Makes a pair of two servers that have the same data, or a standby of a primary that runs. */
public final class MultiAzSetUp {
    private final MultiAzServers servers;
    private final LabScheduler scheduler;

    public MultiAzSetUp(MultiAzServers servers, LabScheduler scheduler) {
        this.servers = servers;
        this.scheduler = scheduler;
    }

    /** Opens the primary once the standby keeps a second copy. Throws {@link IllegalStateException} if that cannot be done. */
    public void run() {
        ServerAgent primary = servers.agent(servers.primary());
        try {
            primary.open(true);
            primary.prepareHeartbeat();
            new StandbyBuilder(servers, scheduler, news -> {})
                    .build(servers.primary(), servers.standby(), false, new Turn(this, () -> true));
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the standby " + servers.standby() + " could not be set up: " + failure.getMessage(), failure);
        }
    }
}
