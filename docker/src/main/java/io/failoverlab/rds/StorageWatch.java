package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells when the volume of a database fills up. Only one with a limit is watched: this machine's own disk is not RDS's. */
public final class StorageWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final String database;
    private final Supplier<DbInstance> server;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private volatile Storage.State told = Storage.State.ENOUGH;
    private volatile AutoCloseable ticking = () -> {};

    public StorageWatch(String database, Supplier<DbInstance> server, LabScheduler scheduler, Telemetry telemetry) {
        this.database = database;
        this.server = server;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    public void start() {
        ticking = scheduler.every(
                INTERVAL, () -> Storage.of(server.get().instance()).ifPresent(this::read));
    }

    void read(Storage storage) {
        if (storage.state() != told) {
            told = storage.state();
            storage.event(scheduler.instant(), database).ifPresent(telemetry::happened);
        }
    }

    /**
     * ModifyDBInstance with an allocated storage: more of it, at once.
     *
     * @throws IllegalArgumentException unless it is more than now
     * @throws io.failoverlab.ec2.NotRunning if the server does not run
     */
    public Storage enlarge(long bytes) {
        long now = Storage.of(server.get().instance()).map(Storage::totalBytes).orElse(0L);
        if (bytes <= now) {
            throw new IllegalArgumentException("expected more allocated storage than now, "
                    + io.failoverlab.topology.StorageSize.print(now) + ", found "
                    + io.failoverlab.topology.StorageSize.print(bytes) + "; as on RDS it cannot shrink");
        }
        telemetry.happened(RdsEvent.STORAGE_MODIFYING.of(scheduler.instant(), database));
        Storage.resize(server.get(), bytes);
        telemetry.happened(RdsEvent.STORAGE_MODIFIED.of(scheduler.instant(), database));
        return Storage.of(server.get().instance()).orElseThrow();
    }

    @Override
    public void close() {
        try {
            ticking.close();
        } catch (Exception ended) {
            // it had ended with the scheduler
        }
    }
}
