package io.failoverlab.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: one connection writes, others read beside it. Write-ahead logging keeps every committed transaction through
 * kill -9 of this process; a loss of power may cost the last ones, never the file.
 */
public final class Database implements AutoCloseable {
    private static final int SCHEMA_VERSION = 3;
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int IDLE_READERS = 4;

    private final Path file;
    private final FileChannel lockChannel;
    private final ReentrantLock writing = new ReentrantLock();
    private final Connection writer;
    private final Deque<Connection> readers = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Database(Path file, FileChannel lockChannel, Connection writer) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.writer = writer;
    }

    /**
     * Opens the file, creating it if there is none.
     *
     * @throws StoreException if it is no store of this monitor, of a newer version, or in use by another monitor
     */
    public static Database open(Path file) {
        FileChannel lock = null;
        try {
            lock = lock(file);
            Connection writer = connect(file);
            migrate(file, writer);
            writer.setAutoCommit(false);
            return new Database(file, lock, writer);
        } catch (SQLException | IOException e) {
            closeQuietly(lock);
            throw new StoreException("Cannot open the store " + file + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (absolute.getParent() != null) {
            Files.createDirectories(absolute.getParent());
        }
        Path lockFile = absolute.resolveSibling(absolute.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new StoreException(
                    "The store " + file + " is in use by another monitor; stop it or give another --store", null);
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this very process
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void migrate(Path file, Connection connection) throws SQLException {
        int version;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            version = result.getInt(1);
        }
        if (version > SCHEMA_VERSION) {
            throw new StoreException(
                    "The store " + file + " has schema version " + version + ", this monitor knows up to "
                            + SCHEMA_VERSION + "; use the newer monitor or another --store",
                    null);
        }
        if (version == 1 || version == 2) {
            throw new StoreException(
                    "The store " + file + " was made by a monitor before 0.1, whose stores are not read any more;"
                            + " move it away or give another --store",
                    null);
        }
        if (version == 0) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : Schema.VERSION_3) {
                    statement.executeUpdate(sql);
                }
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA_VERSION);
            }
            connection.commit();
        }
    }

    /** Runs the work as one transaction; it is safe from kill -9 when this returns. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            T result = work.on(writer);
            writer.commit();
            return result;
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreException("Cannot write to the store " + file + ": " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    /** Reads what is committed, without waiting for a writer. */
    <T> T read(Work<T> work) {
        try {
            Connection idle = readers.poll();
            Connection connection = idle == null ? connect(file) : idle;
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException e) {
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

    private void rollBack(SQLException cause) {
        try {
            writer.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Leaves one file behind: the write-ahead log is moved into it. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            for (Connection reader = readers.poll(); reader != null; reader = readers.poll()) {
                reader.close();
            }
            writer.setAutoCommit(true);
            try (Statement statement = writer.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            writer.close();
        } catch (SQLException e) {
            throw new StoreException("Cannot close the store " + file + ": " + e.getMessage(), e);
        } finally {
            closeQuietly(lockChannel);
            writing.unlock();
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
