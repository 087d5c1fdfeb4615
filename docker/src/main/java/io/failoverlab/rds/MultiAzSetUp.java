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

    /**
     * Opens the primary once the standby keeps a second copy. Throws {@link IllegalStateException} if that cannot be done.
     *
     * @param restored whether the primary has what a snapshot had, which the standby can only get as a copy
     */
    public void run(boolean restored) {
        open();
        if (restored) {
            addStandby();
            return;
        }
        attempt(() -> {
            builder().build(servers.primary(), servers.standby(), false, false, new Turn(this, () -> true));
        });
    }

    /** Opens the primary, alone. Throws {@link IllegalStateException} if that cannot be done. */
    public void open() {
        attempt(() -> {
            servers.agent(servers.primary()).open(true);
            servers.agent(servers.primary()).prepareHeartbeat();
        });
    }

    /**
     * Makes a server that has just begun the standby of a primary that takes writes all the while: a copy of its data, then
     * what was written meanwhile; only then writes wait for it. Throws {@link IllegalStateException} if that cannot be done.
     */
    public void addStandby() {
        attempt(() -> {
            servers.agent(servers.primary()).prepareHeartbeat();
            builder().add(servers.primary(), servers.standby(), new Turn(this, () -> true));
        });
    }

    private StandbyBuilder builder() {
        return new StandbyBuilder(servers, scheduler, news -> {});
    }

    private void attempt(Turn.Action work) {
        try {
            work.run();
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the standby " + servers.standby() + " could not be set up: " + failure.getMessage(), failure);
        }
    }
}
