package io.failoverlab.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: one connection writes, others read beside it. Write-ahead logging keeps every committed transaction through
 * kill -9 of this process; a loss of power may cost the last ones, never the file. Damage that is met while the file is in use is
 * healed as at the opening, and what met it is done again.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int IDLE_READERS = 4;
    /** Of each connection; the system keeps the file's pages in memory anyway. SQLite's own choice is 2,000. */
    private static final int CACHE_KIB = 512;
    /** From one check of the whole file, during which everybody waits, to the next; also if it failed. */
    private static final Duration CHECK_PAUSE = Duration.ofMinutes(1);
    /** If SQLite does not complain: most of what cannot be understood is no damage. */
    private static final Duration SUSPICION_PAUSE = Duration.ofMinutes(5);

    private final Path file;
    private final InstantSource clock;
    private final FileChannel lockChannel;
    /** Who uses the file holds the first; who puts another in its place, the second. */
    private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();

    private final ReentrantLock writing = new ReentrantLock();
    /** Null after it broke, until the next write; guarded by {@code writing}. */
    private Connection writer;

    private final Optional<StoreDamage> damage;
    private final Deque<Connection> readers = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;
    /** When the file was last looked through since it was opened. */
    private volatile Instant checked = Instant.MIN;

    private volatile Consumer<StoreDamage> healed = found -> {};

    /** Work on a connection. It may be done twice, the file being healed in between: it changes nothing but the file. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Database(
            Path file, InstantSource clock, FileChannel lockChannel, Connection writer, Optional<StoreDamage> damage) {
        this.damage = damage;
        this.file = file;
        this.clock = clock;
        this.lockChannel = lockChannel;
        this.writer = writer;
    }

    /**
     * Opens the file, creating it if there is none. What is whole of a damaged file is taken over into a new one, and the damaged
     * one is kept beside it.
     *
     * @param clock says when the file may be looked through again
     * @throws StoreException if it is no store of this monitor, of a newer version, or in use by another monitor
     */
    public static Database open(Path file, InstantSource clock) {
        StoreFiles files = StoreFiles.of(file);
        FileChannel lock = null;
        try {
            boolean used = files.wasUsed();
            lock = files.lock();
            Optional<StoreDamage> damage = StoreRepair.repair(files, used);
            return new Database(file, clock, lock, connectAndPrepare(file), damage);
        } catch (SQLException | IOException e) {
            closeQuietly(lock);
            throw new StoreException("Cannot open the store " + file + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    /** What was wrong with the file when it was opened, if anything. */
    public Optional<StoreDamage> damage() {
        return damage;
    }

    /**
     * @param listener told when damage was found while the file was in use and what was whole of it was taken over; it must not use
     *     the store before it returns
     */
    public void onHealed(Consumer<StoreDamage> listener) {
        healed = listener;
    }

    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setCacheSize(-CACHE_KIB);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /** Makes the tables of an empty database, and marks the file as a store. */
    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (StoreVersion.of(connection).isNew()) {
                createTables(connection);
            }
            statement.executeUpdate("PRAGMA application_id = " + StoreVersion.PRESENT.applicationId());
        }
        connection.commit();
    }

    private static Connection connectAndPrepare(Path file) throws SQLException {
        Connection connection = connectWriter(file);
        try {
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static Connection connectWriter(Path file) throws SQLException {
        Connection connection = connect(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete = ON"); // so that a salvage finds nothing that was deleted
        }
        connection.setAutoCommit(false);
        return connection;
    }

    static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : Schema.VERSION_3) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("PRAGMA application_id = " + StoreVersion.PRESENT.applicationId());
            statement.executeUpdate("PRAGMA user_version = " + StoreVersion.PRESENT.userVersion());
        }
    }

    /** Runs the work as one transaction; it is safe from kill -9 when this returns, and as if it had never been if this throws. */
    <T> T write(Work<T> work) {
        return healing(() -> writeOnce(work));
    }

    private <T> T writeOnce(Work<T> work) {
        writing.lock();
        boolean committed = false;
        try {
            if (writer == null) {
                writer = connectWriter(file);
            }
            T result = work.on(writer);
            writer.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw new StoreException("Cannot write to the store " + file + ": " + e.getMessage(), e);
        } finally {
            if (!committed) {
                dropWriter();
            }
            writing.unlock();
        }
    }

    /**
     * Closing takes the transaction back. A connection that met an error is not used again: SQLite may have rolled back by itself,
     * which the JDBC driver does not notice, and if the disk failed while it was opened it can only read.
     */
    private void dropWriter() {
        if (writer != null) {
            Connection broken = writer;
            writer = null;
            closeQuietly(broken);
        }
    }

    private static void closeQuietly(Connection broken) {
        try {
            broken.close();
        } catch (SQLException e) {
            // nobody uses it any more
        }
    }

    /** Does something with the file; if it turns out to be damaged, once more after it was healed. */
    private <T> T healing(Supplier<T> use) {
        Instant seen = checked;
        try {
            return guarded(use);
        } catch (RuntimeException e) {
            Optional<Duration> pause = checkPause(e);
            if (pause.isEmpty() || using.getReadHoldCount() > 0 || closed || !heal(seen, pause.get())) {
                throw e;
            }
            return guarded(use);
        }
    }

    /** How long after a check this is reason for another; empty if it says nothing of the file. */
    private static Optional<Duration> checkPause(RuntimeException thrown) {
        if (thrown instanceof StoreException refused && refused.getCause() instanceof SQLException) {
            return refused.tellsOfDamage() ? Optional.of(CHECK_PAUSE) : Optional.empty();
        }
        return Optional.of(SUSPICION_PAUSE); // what was read cannot be understood
    }

    private <T> T guarded(Supplier<T> use) {
        using.readLock().lock();
        try {
            return use.get();
        } finally {
            using.readLock().unlock();
        }
    }

    /**
     * Looks through the file as if it were opened anew, and takes what is whole of a damaged one over into a new one.
     *
     * @param seen when that had last been done when the damage was met
     * @param pause how long after that it may be done again
     * @return whether it was done, now or meanwhile
     */
    private boolean heal(Instant seen, Duration pause) {
        using.writeLock().lock();
        try {
            if (!checked.equals(seen)) {
                return true;
            }
            Instant now = clock.instant();
            boolean clockWasSetBack = now.isBefore(checked);
            if (now.isBefore(checked.plus(pause)) && !clockWasSetBack) {
                return false;
            }
            checked = now;
            dropWriter();
            closeReaders();
            StoreRepair.repair(StoreFiles.of(file), true).ifPresent(healed);
            return true;
        } catch (SQLException | IOException e) {
            throw new StoreException("The store " + file + " is damaged and was not salvaged: " + e.getMessage(), e);
        } finally {
            using.writeLock().unlock();
        }
    }

    /** Reads what is committed, without waiting for a writer. */
    <T> T read(Work<T> work) {
        return healing(() -> readOnce(work));
    }

    private <T> T readOnce(Work<T> work) {
        try {
            Connection idle = readers.poll();
            Connection connection = idle == null ? connect(file) : idle;
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            release(connection);
            return result;
        } catch (SQLException e) {
            throw new StoreException("Cannot read the store " + file + ": " + e.getMessage(), e);
        }
    }

    private void release(Connection connection) throws SQLException {
        if (closed || readers.size() >= IDLE_READERS) {
            connection.close();
        } else {
            readers.push(connection);
        }
    }

    /** Leaves one file behind: the write-ahead log is moved into it. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            closeReaders();
            if (writer != null) {
                moveLogIntoFile(writer);
            }
        } catch (SQLException e) {
            throw new StoreException("Cannot close the store " + file + ": " + e.getMessage(), e);
        } finally {
            closeQuietly(lockChannel);
            writing.unlock();
        }
    }

    /**
     * Moves the log into the file, as far as readers allow, and waits for the disk. SQLite does so by itself when the log has grown to
     * 4 MB, but says nothing if that fails. To be called every few seconds: a loss of power costs at most what was written since.
     *
     * @throws StoreException if the disk fails; nothing is lost, the log stays
     */
    public void checkpoint() {
        read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
        });
    }

    private void closeReaders() throws SQLException {
        for (Connection reader = readers.poll(); reader != null; reader = readers.poll()) {
            reader.close();
        }
    }

    private static void moveLogIntoFile(Connection connection) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private static void closeQuietly(FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // the lock ends with the process at the latest
        }
    }
}
