package io.failoverlab.rds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The random passwords of one run. They reach containers as files, never as variables or arguments. */
public final class DbCredentials {
    /** Database of the application. */
    public static final String DATABASE = "shop";

    /** User of the application. */
    public static final String USER = "shop";

    /** User that a standby replicates and clones with. */
    static final String REPLICATION = "lab_replication";

    /** User of the lab's own monitoring: may read the server's state, and none of the application's data. */
    static final String MONITOR = "lab_monitor";

    private static final String SHUT = "multi-az";

    /** MySQL takes no longer one from a replica. */
    private static final int LONGEST_OF_REPLICATION = 32;

    private final String password;
    private final String rootPassword;
    private final String monitorPassword;
    private final String replicationPassword;

    private DbCredentials(String password, String rootPassword, String monitorPassword, String replicationPassword) {
        this.password = password;
        this.rootPassword = rootPassword;
        this.monitorPassword = monitorPassword;
        this.replicationPassword = replicationPassword;
    }

    public static DbCredentials random(SecureRandom random) {
        return new DbCredentials(
                secret(random), secret(random), secret(random), secret(random).substring(0, LONGEST_OF_REPLICATION));
    }

    /**
     * Those that {@link #writeForDatabase} left in a folder.
     *
     * @throws UncheckedIOException if they are not there
     */
    public static DbCredentials read(Path folder) {
        try {
            return new DbCredentials(
                    Files.readString(folder.resolve("db-password")),
                    Files.readString(folder.resolve("db-root-password")),
                    Files.readString(folder.resolve("db-monitor-password")),
                    Files.readString(folder.resolve("db-replication-password")));
        } catch (IOException failure) {
            throw new UncheckedIOException("the password files in " + folder + " could not be read", failure);
        }
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String password() {
        return password;
    }

    String rootPassword() {
        return rootPassword;
    }

    String replicationPassword() {
        return replicationPassword;
    }

    String monitorPassword() {
        return monitorPassword;
    }

    /** Writes what the application needs into a folder that only its container gets to see. */
    public void writeForApplication(Path folder) {
        write(folder, "db-password", password);
    }

    /** Writes what the database needs to set its users up. */
    public void writeForDatabase(Path folder) {
        write(folder, "db-password", password);
        write(folder, "db-root-password", rootPassword);
        write(folder, "db-monitor-password", monitorPassword);
        write(folder, "db-replication-password", replicationPassword);
    }

    /** From now on a server that starts stays shut until the lab opens it. */
    public static void keepShut(Path folder) {
        write(folder, SHUT, "");
    }

    /** From now on a server that starts is open, as the server of a database that has no standby. */
    public static void mayOpen(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(SHUT));
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + SHUT + " could not be removed from " + folder, failure);
        }
    }

    private static void write(Path folder, String name, String secret) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), secret);
        } catch (IOException failure) {
            throw new UncheckedIOException("the password file " + name + " could not be written", failure);
        }
    }
}
