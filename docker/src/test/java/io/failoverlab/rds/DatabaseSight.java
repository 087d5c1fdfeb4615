package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.telemetry.StackEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What was told of a stack's databases, and what is on their volumes. */
record DatabaseSight(RecordedMetrics metrics, DbInstance server) {
    private static final String FILLER = Storage.DATA_FOLDER + "/filler";

    /** Ids of the events of one source. */
    List<String> eventsOf(String source) {
        return metrics.events().stream()
                .filter(it -> it instanceof StackEvent.DatabaseEvent event
                        && event.source().equals(source))
                .map(it -> ((StackEvent.DatabaseEvent) it).id())
                .toList();
    }

    /** How often a DB instance answered whoever monitors it under that name. */
    long answers(String identifier) {
        return metrics.measurements().stream()
                .filter(it -> it.name().equals("DatabaseConnections")
                        && it.dimensions().equals(Map.of("DBInstanceIdentifier", identifier)))
                .count();
    }

    /** Takes all of its storage but that much. */
    void fillUp(long left) {
        long bytes = server.storage().orElseThrow().freeBytes() - left;
        if (bytes > 0) {
            assertThat(server.instance()
                            .run("sh", "-c", "head -c " + bytes + " /dev/zero >> " + FILLER)
                            .exitCode())
                    .isZero();
        }
    }

    /** Gives what was taken back. */
    void free() {
        assertThat(server.instance().run("rm", FILLER).exitCode()).isZero();
    }

    DoubleStream freeStorage() {
        return metrics.measurements().stream()
                .filter(it -> it.name().equals("FreeStorageSpace")
                        && it.dimensions().equals(Map.of("DBInstanceIdentifier", "db-1")))
                .mapToDouble(it -> it.values().getFirst());
    }

    long failedBackups() {
        return metrics.events().stream()
                .filter(it -> it instanceof StackEvent.Trouble trouble
                        && trouble.message().startsWith("the automated backup of db-1 failed"))
                .count();
    }

    void onTheVolume(String line) {
        assertThat(server.instance()
                        .run("sh", "-ec", "cd " + BackupStore.FOLDER + "; " + line)
                        .exitCode())
                .isZero();
    }

    List<String> folders() {
        return server.instance()
                .run("ls", BackupStore.FOLDER + "/snapshots")
                .stdout()
                .lines()
                .toList();
    }
}
