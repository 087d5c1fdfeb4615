package io.failoverlab.rds;

import io.failoverlab.topology.InstanceType;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A DB snapshot that is complete.
 *
 * @param name {@code rds:db-1-…} for an automated one
 * @param database identifier of the DB instance that it was taken of
 * @param startedAt everything committed until then is in it
 * @param finishedAt nothing committed after that is in it
 */
public record Snapshot(
        String name,
        Type type,
        String database,
        InstanceType instanceClass,
        String engineVersion,
        Instant startedAt,
        Instant finishedAt) {
    private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,254}");

    /** Whose it is. */
    public enum Type {
        AUTOMATED,
        MANUAL
    }

    /** Name, database, type, time, engine and class, apart by tabs: a line of {@code lab snapshot list}. */
    public String columns() {
        return String.join(
                "\t",
                name,
                database,
                type.name().toLowerCase(Locale.ROOT),
                finishedAt.toString(),
                engineVersion,
                instanceClass.dbClass());
    }

    /** @throws IllegalArgumentException unless people may give a snapshot that name */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a snapshot name of lower-case letters, digits and single dashes"
                            + " that begins with a letter, found '" + name + "'");
        }
        return name;
    }
}
