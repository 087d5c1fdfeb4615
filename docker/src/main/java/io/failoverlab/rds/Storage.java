package io.failoverlab.rds;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.StorageSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The volume of a database's data.
 *
 * @param totalBytes of its file system
 * @param freeBytes that the server may still write
 */
public record Storage(long totalBytes, long freeBytes) {
    /** Where a server keeps its data. */
    public static final String DATA_FOLDER = "/srv/mysql";

    /** RDS warns from there on (RDS User Guide, RDS-EVENT-0089). */
    private static final int LOW_PERCENT = 10;

    /** InnoDB extends its files by 4 MiB: with less, the next write that needs room fails. */
    private static final long LEAST_BYTES = 4L << 20;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How much room there is. */
    public enum State {
        ENOUGH,
        LOW,
        FULL
    }

    /** Empty if the server does not run. */
    public static Optional<Storage> of(Ec2Instance instance) {
        try {
            ExecResult answer = instance.run("stat", "-f", "-c", "%b %a %S", DATA_FOLDER);
            String[] blocks = answer.stdout().strip().split(" ");
            if (answer.exitCode() != 0 || blocks.length != 3) {
                return Optional.empty();
            }
            long size = Long.parseLong(blocks[2]);
            return Optional.of(new Storage(Long.parseLong(blocks[0]) * size, Long.parseLong(blocks[1]) * size));
        } catch (EngineException | NotRunning doesNotRun) {
            return Optional.empty();
        }
    }

    /**
     * Gives a volume with a limit another one, while it is in use.
     *
     * @throws EngineException if this engine cannot
     */
    static void resize(DbInstance database, long bytes) {
        database.instance().requireRunning();
        ExecResult result = database.instance()
                .container()
                .execPrivileged(LIMIT, "mount", "-o", "remount,size=" + bytes, DATA_FOLDER);
        if (result.exitCode() != 0) {
            throw new EngineException("the volume of " + database.identifier() + " could not be resized: "
                    + result.stderr().strip());
        }
    }

    public State state() {
        if (freeBytes < LEAST_BYTES) {
            return State.FULL;
        }
        return percentFree() < LOW_PERCENT ? State.LOW : State.ENOUGH;
    }

    private long percentFree() {
        return totalBytes == 0 ? 0 : freeBytes * 100 / totalBytes;
    }

    /** What RDS tells when a database comes to this state; nothing when there is enough room again. */
    Optional<StackEvent> event(Instant at, String database) {
        return switch (state()) {
            case ENOUGH -> Optional.empty();
            case LOW ->
                Optional.of(RdsEvent.STORAGE_LOW.of(
                        at,
                        database,
                        database,
                        percentFree(),
                        StorageSize.print(totalBytes),
                        StorageSize.print(freeBytes)));
            case FULL -> Optional.of(RdsEvent.STORAGE_EXHAUSTED.of(at, database));
        };
    }

    @Override
    public String toString() {
        return StorageSize.print(totalBytes) + ", " + StorageSize.print(freeBytes) + " free"
                + switch (state()) {
                    case ENOUGH -> "";
                    case LOW -> ", low";
                    case FULL ->
                        ", storage-full: writes wait or fail; `lab modify " + "db --allocated-storage SIZE`"
                                + " gives it more";
                };
    }
}
