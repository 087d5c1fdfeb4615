package io.failoverlab.rds;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.engine.Owner;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.StorageSize;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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

    /** How much room there is. */
    public enum State {
        ENOUGH,
        LOW,
        FULL
    }

    /** Empty if the server does not run. */
    static Optional<Storage> of(Ec2Instance instance) {
        return ask(() -> instance.run(question(DATA_FOLDER)));
    }

    /** Of a volume that has an end, which its keeper has mounted whether the server runs or not; empty if it has none. */
    public static Optional<Storage> of(Engine engine, String volume, Owner owner) {
        return ask(() -> engine.askKeeper(volume, owner, Storage::question));
    }

    private static String[] question(String path) {
        return new String[] {"stat", "-f", "-c", "%b %a %S", path};
    }

    private static Optional<Storage> ask(Supplier<ExecResult> question) {
        try {
            ExecResult answer = question.get();
            String[] blocks = answer.stdout().strip().split(" ");
            if (answer.exitCode() != 0 || blocks.length != 3) {
                return Optional.empty();
            }
            long size = Long.parseLong(blocks[2]);
            return Optional.of(new Storage(Long.parseLong(blocks[0]) * size, Long.parseLong(blocks[1]) * size));
        } catch (EngineException | NotRunning unknown) {
            return Optional.empty();
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
                        ", storage-full: it takes no writes; `lab modify " + "db --allocated-storage SIZE`"
                                + " gives it more";
                };
    }
}
