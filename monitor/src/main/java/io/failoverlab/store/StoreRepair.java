package io.failoverlab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Looks whether a store's file is whole before it is used, every row of it, and has what is whole of a damaged one salvaged. */
final class StoreRepair {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRepair.class);
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final Set<SQLiteErrorCode> NO_DAMAGE = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_PERM,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_NOMEM);
    /** What the disk does not give back; other errors of it say nothing of the file. */
    private static final Set<SQLiteErrorCode> UNREADABLE = Set.of(
            SQLiteErrorCode.SQLITE_IOERR_READ,
            SQLiteErrorCode.SQLITE_IOERR_SHORT_READ,
            SQLiteErrorCode.SQLITE_IOERR_DATA,
            SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS);
    /** Offsets in the header of the file and what stands there in every store; zero also before its first table. */
    private static final int[][] HEADER = {{21, 64}, {22, 32}, {23, 32}, {20, 0}};

    private StoreRepair() {}

    /**
     * Leaves a file that is whole, or none.
     *
     * @param used whether a monitor had the store before
     * @throws StoreException if the file is no store of this monitor
     */
    static Optional<StoreDamage> repair(StoreFiles files, boolean used) throws IOException, SQLException {
        files.finishReplacing();
        boolean isNew = !hasContent(files.file()) && (!used || !Files.exists(files.file()) && !hasContent(files.log()));
        if (isNew) {
            make(files, connection -> {});
            files.putInPlace();
            return Optional.empty();
        }
        Optional<String> problem = problemOfBytes(files);
        if (problem.isEmpty()) {
            problem = problemOfRows(files.file());
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(salvage(files, used, problem.get()));
    }

    private static boolean hasContent(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }

    /** What SQLite would not see, or see too late. */
    private static Optional<String> problemOfBytes(StoreFiles files) throws IOException {
        try (PageImage image = PageImage.open(files.file(), files.log(), false)) {
            if (image.log().damaged()) {
                return Optional.of("its write-ahead log is damaged");
            }
            byte[] header = image.header();
            if (header.length < 100) {
                return Optional.of("its file ends after " + header.length + " bytes");
            }
            if (image.log().unfinished()) {
                LOG.warn(
                        "The last transaction in {} is not whole and was taken back: the monitor was killed while it was"
                                + " written, or the end of the file is damaged",
                        files.log());
            }
            return problemOfHeader(ByteBuffer.wrap(header));
        }
    }

    private static Optional<String> problemOfHeader(ByteBuffer header) {
        boolean right = isOneOf(header.get(18), 1, 2) && isOneOf(header.get(19), 1, 2);
        for (int[] field : HEADER) {
            right &= header.get(field[0]) == field[1];
        }
        right &= isOneOf(header.getInt(44), 0, 4) && isOneOf(header.getInt(56), 0, 1); // format of the tables, UTF-8
        right &= header.getInt(52) == 0 && header.getInt(64) == 0; // does not vacuum itself
        return right || !startsWithMagic(header) ? Optional.empty() : Optional.of("the header of its file is damaged");
    }

    /** If it does not, SQLite says so. */
    private static boolean startsWithMagic(ByteBuffer header) {
        return header.getLong(0) == 0x53514c6974652066L; // "SQLite f"
    }

    private static boolean isOneOf(int found, int one, int other) {
        return found == one || found == other;
    }

    private static Optional<String> problemOfRows(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true); // closing it does not move the log into the file
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            return problemOfRows(file, connection);
        } catch (SQLiteException e) {
            if (isNoDamage(e.getResultCode())) {
                throw e;
            }
            return Optional.of(e.getMessage());
        }
    }

    private static boolean isNoDamage(SQLiteErrorCode code) {
        boolean failedToRead = UNREADABLE.contains(code);
        return NO_DAMAGE.contains(code) || (code.code & 0xff) == SQLiteErrorCode.SQLITE_IOERR.code && !failedToRead;
    }

    private static Optional<String> problemOfRows(Path file, Connection connection) throws SQLException {
        StoreVersion version = StoreVersion.of(connection);
        version.refuseOthers(file);
        try (Statement statement = connection.createStatement()) {
            if (version.isNew() && isEmpty(statement)) {
                return Optional.empty();
            }
            if (!version.isPresent()) {
                return Optional.of("it does not say its version");
            }
            try (ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!result.getString(1).equals("ok")) {
                    return Optional.of(result.getString(1).strip().replaceAll("\\s+", " "));
                }
            }
            if (!schema(connection).equals(rightSchema())) {
                return Optional.of("the definition of a table is not as it was");
            }
            for (StoredTable table : StoredTable.values()) {
                if (!isWhole(statement, table)) {
                    return Optional.of("a checksum in table " + table.table() + " is wrong");
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> rightSchema() throws SQLException {
        try (Connection memory = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            Database.createTables(memory);
            return schema(memory);
        }
    }

    private static List<String> schema(Connection connection) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_master"
                                + " ORDER BY 1")) {
            while (row.next()) {
                definitions.add(row.getString(1));
            }
        }
        return definitions;
    }

    private static boolean isEmpty(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
            return result.getInt(1) == 0;
        }
    }

    private static boolean isWhole(Statement statement, StoredTable table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT * FROM " + table.table())) {
            Object[] columns = new Object[row.getMetaData().getColumnCount()];
            while (row.next()) {
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = row.getObject(i + 1);
                }
                if (!table.isWhole(columns)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether nothing but the number of a page in the log is wrong: then all is whole with the right one. */
    private static boolean isWholeWhenMended(StoreFiles files) throws IOException, SQLException {
        files.deleteUnfinished();
        try (PageImage image = PageImage.open(files.file(), files.log(), true)) {
            if (!image.log().damaged() || image.pageSize() == 0) {
                return false;
            }
            image.writeTo(files.unfinished());
            return problemOfRows(files.unfinished()).isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }

    private static StoreDamage salvage(StoreFiles files, boolean used, String reason) throws IOException, SQLException {
        Salvage.Tally[] salvaged = new Salvage.Tally[1];
        boolean mending = isWholeWhenMended(files);
        try (PageImage image = PageImage.open(files.file(), files.log(), mending)) {
            if (Salvage.rowsBySomePageSize(image) == 0 && !isOurs(image, used)) {
                throw new StoreException(
                        "The file " + files.file() + " is no store of this monitor (" + reason
                                + "); give another --store. It was left as it is",
                        null);
            }
            make(files, connection -> salvaged[0] = Salvage.copy(image, connection));
        }
        StoreDamage damage = StoreDamage.of(reason, salvaged[0], files.replaceDamaged());
        LOG.error("{}", damage);
        return damage;
    }

    /** What a new store is filled with. */
    private interface Filling {
        void into(Connection connection) throws IOException, SQLException;
    }

    /** Makes a new store under another name, so that what is under the store's own is never half of one. */
    private static void make(StoreFiles files, Filling filling) throws IOException, SQLException {
        files.deleteUnfinished();
        try (Connection connection = Database.connect(files.unfinished())) {
            connection.setAutoCommit(false);
            Database.createTables(connection);
            filling.into(connection);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)"); // says if it fails; closing would not
            }
        }
        if (Files.exists(files.unfinishedLog())) {
            throw new IOException(files.unfinished() + " could not be written whole");
        }
    }

    /** A store of which no row is left: its header says what it was, as far as it goes. */
    private static boolean isOurs(PageImage image, boolean used) throws IOException {
        byte[] header = image.header();
        if (header.length == 0) {
            return used;
        }
        return image.beginsLikeADatabase()
                && (header.length < 72 || ByteBuffer.wrap(header).getInt(68) == StoreVersion.PRESENT.applicationId());
    }
}
