package io.failoverlab.environment;

import io.failoverlab.rds.Backups;
import io.failoverlab.rds.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A standby's snapshot among those of its database. It is known by its name, so that a lab that takes over replaces the one that
 * it finds.
 */
final class LastSnapshot implements StandbySnapshots {
    private final String database;
    private final Backups backups;
    private final Function<Snapshot, Map<String, String>> variables;

    /**
     * @param database whose standby it is
     * @param variables of a container that begins with a snapshot
     */
    LastSnapshot(String database, Backups backups, Function<Snapshot, Map<String, String>> variables) {
        this.database = database;
        this.backups = backups;
        this.variables = variables;
    }

    @Override
    public void take() {
        List<Snapshot> before = backups.snapshots();
        backups.create(nextName(database, before));
        // Only now: meanwhile the standby has to be made of the old one.
        forStandby(database, before).forEach(it -> backups.delete(it.name()));
    }

    @Override
    public Map<String, String> last() {
        return backups.snapshots().stream()
                .filter(it -> it.database().equals(database))
                .max(Comparator.comparing(Snapshot::startedAt))
                .map(variables)
                .orElseThrow(() -> new IllegalStateException("there is no snapshot to make a standby of"));
    }

    static String nextName(String database, List<Snapshot> there) {
        List<String> taken = there.stream().map(Snapshot::name).toList();
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> prefix(database) + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** Those that were taken for the standby of a database, by whichever lab. */
    static List<Snapshot> forStandby(String database, List<Snapshot> there) {
        return there.stream()
                .filter(it -> it.database().equals(database)
                        && it.type() == Snapshot.Type.MANUAL
                        && it.name().startsWith(prefix(database))
                        && it.name()
                                .substring(prefix(database).length())
                                .chars()
                                .allMatch(Character::isDigit))
                .toList();
    }

    /** Not what people would call theirs. */
    private static String prefix(String database) {
        return "lab-standby-of-" + database + "-";
    }
}
