package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.StorageSize;
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
        ticking = scheduler.every(INTERVAL, () -> server.get().storage().ifPresent(this::read));
    }

    void read(Storage storage) {
        if (storage.state() != told) {
            told = storage.state();
            storage.event(scheduler.instant(), database).ifPresent(telemetry::happened);
        }
    }

    /** @throws IllegalArgumentException unless it is more than now */
    public static void requireMore(long nowBytes, long bytes) {
        if (bytes <= nowBytes) {
            throw new IllegalArgumentException("expected more allocated storage than now, "
                    + StorageSize.print(nowBytes) + ", found " + StorageSize.print(bytes)
                    + "; as on RDS it cannot shrink");
        }
    }

    /** How much room there was at the last look. */
    public Storage.State state() {
        return told;
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
