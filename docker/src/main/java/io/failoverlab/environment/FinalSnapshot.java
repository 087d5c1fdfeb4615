package io.failoverlab.environment;

import io.failoverlab.rds.BackupFailed;
import io.failoverlab.rds.Backups;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.SnapshotArchive;
import java.sql.SQLException;

/** The snapshot that DeleteDBInstance takes: of a database that takes no writes any more, so that it has all of them. */
final class FinalSnapshot {
    private final DatabaseTier tier;
    private final MultiAzConversion conversion;
    private final Backups backups;

    FinalSnapshot(DatabaseTier tier, MultiAzConversion conversion, Backups backups) {
        this.tier = tier;
        this.conversion = conversion;
        this.backups = backups;
    }

    /**
     * Applications may read meanwhile, and afterwards.
     *
     * @throws IllegalArgumentException if the name is taken, or a failover is under way; nothing was begun then
     * @throws BackupFailed if it could not be taken; the database takes writes again then
     */
    SnapshotArchive.Kept take(String name, SnapshotArchive archive) {
        // Whoever makes a standby lets the primary take writes in the end.
        synchronized (conversion) {
            return takeAlone(name, archive);
        }
    }

    private SnapshotArchive.Kept takeAlone(String name, SnapshotArchive archive) {
        backups.requireFree(name, archive);
        requireSettled();
        tier.letGo();
        try {
            tier.agent(tier.primary()).endWaitingWritesUntold();
            SnapshotArchive.Kept kept = backups.keep(name, archive);
            requireNoWriteSince(name, archive);
            return kept;
        } catch (SQLException silent) {
            tier.goOn();
            throw new BackupFailed(
                    "the snapshot " + name + " was not made: " + tier.primary()
                            + " could not be told to take no more writes: " + silent.getMessage(),
                    silent);
        } catch (RuntimeException failure) {
            tier.goOn();
            throw failure;
        }
    }

    private void requireSettled() {
        tier.controller()
                .filter(it -> it.mode() == Mode.FAILING_OVER || it.mode() == Mode.DOWN)
                .ifPresent(it -> {
                    throw new IllegalArgumentException("expected a database that takes writes, found it " + it.state()
                            + "; `lab status` says when that is over");
                });
    }

    /** A server alone that was started meanwhile takes writes again. */
    private void requireNoWriteSince(String name, SnapshotArchive archive) throws SQLException {
        if (!tier.agent(tier.primary()).isReadOnly()) {
            archive.delete(name);
            backups.delete(name);
            throw new BackupFailed(
                    "the snapshot " + name + " was not kept: " + tier.primary()
                            + " was started anew meanwhile, and took writes again",
                    null);
        }
    }
}
