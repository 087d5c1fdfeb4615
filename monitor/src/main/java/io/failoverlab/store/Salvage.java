package io.failoverlab.store;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Takes every whole row out of a damaged file and puts it into a new one. It trusts neither the order of the pages nor what SQLite
 * says of them: it looks at all pages for rows with right checksums. That gives no row that was deleted, since the store has SQLite
 * overwrite what is deleted with zeros.
 *
 * <p>Datapoints know their series by a number. If the series' own row is lost, the datapoints are kept as {@code Unknown} in
 * {@link #NAMESPACE}, with the number as dimension, and no other series gets the number.
 */
final class Salvage {
    static final String NAMESPACE = "FailoverLab/Salvaged";
    private static final int MAX_NAMES = 20;

    private final PageImage image;
    private final Tally tally = new Tally();
    private final Set<Integer> overflow = new HashSet<>();
    private final List<Integer> strange = new ArrayList<>();

    /** How many rows of which table, and what could not be read. */
    static final class Tally {
        private final EnumMap<StoredTable, Integer> kept = new EnumMap<>(StoredTable.class);
        private final EnumMap<StoredTable, Integer> lost = new EnumMap<>(StoredTable.class);
        private final List<String> names = new ArrayList<>();
        private int unreadablePages;
        private int missingPages;
        private int namelessSeries;

        EnumMap<StoredTable, Integer> kept() {
            return kept;
        }

        EnumMap<StoredTable, Integer> lost() {
            return lost;
        }

        List<String> names() {
            return names;
        }

        int unreadablePages() {
            return unreadablePages;
        }

        int missingPages() {
            return missingPages;
        }

        int namelessSeries() {
            return namelessSeries;
        }

        private int total() {
            return kept.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Takes a row; false if it has one of the same key. */
    private interface Sink {
        boolean take(SqlitePage.Row row) throws SQLException;
    }

    private Salvage(PageImage image) {
        this.image = image;
    }

    /** Finds out the size of the pages if it is not known: the one by which most rows are found; 0 if there are none. */
    static int rowsBySomePageSize(PageImage image) throws IOException, SQLException {
        int said = image.pageSize();
        int rows = said == 0 ? 0 : count(image);
        if (rows > 0) {
            return rows;
        }
        int best = said == 0 ? 4096 : said;
        for (int size = 512; size <= 65_536; size *= 2) {
            image.setPageSize(size);
            int found = count(image);
            if (found > rows) {
                rows = found;
                best = size;
            }
        }
        image.setPageSize(best);
        return rows;
    }

    private static int count(PageImage image) throws IOException, SQLException {
        Salvage salvage = new Salvage(image);
        salvage.scan(row -> true);
        return salvage.tally.total();
    }

    /** @param to a new store with its tables, in a transaction */
    static Tally copy(PageImage image, Connection to) throws IOException, SQLException {
        Salvage salvage = new Salvage(image);
        Map<StoredTable, PreparedStatement> inserts = new EnumMap<>(StoredTable.class);
        try {
            for (StoredTable table : StoredTable.values()) {
                inserts.put(table, table.prepareInsert(to));
            }
            salvage.scan(row -> insert(inserts.get(row.table()), row));
        } finally {
            for (PreparedStatement insert : inserts.values()) {
                insert.close();
            }
        }
        salvage.tally.namelessSeries = nameTheNameless(to);
        keepNumbersGrowing(to);
        return salvage.tally;
    }

    /** If its number is taken, by one whose number is damaged or while its own is, a row gets another number. */
    private static boolean insert(PreparedStatement insert, SqlitePage.Row row) throws SQLException {
        Object[] columns = row.columns();
        for (int i = 0; i < columns.length; i++) {
            insert.setObject(i + 1, columns[i]);
        }
        if (insert.executeUpdate() == 1) {
            return true;
        }
        if (!row.table().isNumberedByChance() || isThere(insert.getConnection(), row)) {
            return false;
        }
        insert.setObject(1, null);
        return insert.executeUpdate() == 1;
    }

    private static boolean isThere(Connection store, SqlitePage.Row row) throws SQLException {
        Object[] columns = row.columns();
        try (PreparedStatement select =
                store.prepareStatement("SELECT 1 FROM " + row.table().table() + " WHERE number = ? AND crc = ?")) {
            select.setObject(1, columns[0]);
            select.setObject(2, columns[columns.length - 1]);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private void scan(Sink sink) throws IOException, SQLException {
        SortedSet<Integer> numbers = new TreeSet<>(image.log().pages().keySet());
        IntStream.rangeClosed(1, image.pagesInFile()).forEach(numbers::add);
        for (int number : numbers) {
            Optional<byte[]> page = image.page(number);
            if (page.isPresent()) {
                take(number, SqlitePage.read(image, number, page.get()), sink);
            }
        }
        Set<Integer> missing = image.missing();
        tally.missingPages = missing.size();
        strange.removeAll(missing);
        countUnreadable();
    }

    private void take(int number, SqlitePage.Found found, Sink sink) throws SQLException {
        overflow.addAll(found.overflow());
        for (SqlitePage.Row row : found.rows()) {
            if (sink.take(row)) {
                tally.kept.merge(row.table(), 1, Integer::sum);
            }
        }
        Optional<StoredTable> owner =
                found.rows().stream().map(SqlitePage.Row::table).findFirst();
        int lost = 0;
        for (SqlitePage.Damaged damaged : found.damaged()) {
            Optional<StoredTable> table = owner.or(damaged::table);
            if (table.isPresent()) {
                lost++;
                tally.lost.merge(table.get(), 1, Integer::sum);
                damaged.columns().ifPresent(columns -> addName(table.get(), columns));
            }
        }
        if (!found.structured() && lost == 0) {
            strange.add(number);
        }
    }

    private void addName(StoredTable table, Object[] columns) {
        int at = table == StoredTable.ALARM ? 2 : table == StoredTable.DASHBOARD ? 1 : -1;
        if (at >= 0 && at < columns.length && columns[at] instanceof String name && tally.names.size() < MAX_NAMES) {
            tally.names.add("'" + name.replaceAll("[^\\x20-\\x7e]", "?") + "'");
        }
    }

    /** Pages that hold no rows because they are free, or hold the rest of a row, are none. */
    private void countUnreadable() throws IOException {
        Set<Integer> free = freePages();
        for (int number : strange) {
            if (!overflow.contains(number) && !free.contains(number)) {
                tally.unreadablePages++;
            }
        }
    }

    /** As far as their list can be followed. */
    private Set<Integer> freePages() throws IOException {
        Set<Integer> free = new HashSet<>();
        Optional<byte[]> first = image.page(1);
        int trunk = first.isPresent() ? ByteBuffer.wrap(first.get()).getInt(32) : 0;
        while (trunk > 0 && free.add(trunk)) {
            Optional<byte[]> page = image.page(trunk);
            if (page.isEmpty()) {
                break;
            }
            ByteBuffer list = ByteBuffer.wrap(page.get());
            int leaves = Math.min(list.getInt(4), page.get().length / 4 - 2);
            for (int i = 0; i < leaves; i++) {
                free.add(list.getInt(8 + 4 * i));
            }
            trunk = list.getInt(0);
        }
        return free;
    }

    /** Gives the series that datapoints tell of and that have no row a name of their own; returns how many there are. */
    private static int nameTheNameless(Connection store) throws SQLException {
        Set<Integer> named = new HashSet<>();
        Map<Integer, Found> found = new TreeMap<>();
        try (Statement select = store.createStatement()) {
            try (var row = select.executeQuery("SELECT id FROM series")) {
                while (row.next()) {
                    named.add(row.getInt(1));
                }
            }
            try (var row = select.executeQuery("SELECT series, resolution, max(start) FROM chunk GROUP BY 1, 2")) {
                while (row.next()) {
                    Resolution resolution = Resolution.ofSeconds(row.getInt(2));
                    found.merge(
                            row.getInt(1), new Found(resolution, row.getLong(3) + resolution.span - 1), Found::with);
                }
            }
            try (var row = select.executeQuery("SELECT data FROM tick")) {
                while (row.next()) {
                    Tick.forEach(row.getBytes(1), (id, second, value) -> {
                        Resolution resolution = second % 60 == 0 ? Resolution.MINUTE : Resolution.SECOND;
                        found.merge(id, new Found(resolution, second), Found::with);
                    });
                }
            }
        }
        found.keySet().removeAll(named);
        List<Series> nameless = new ArrayList<>();
        found.forEach((id, what) -> nameless.add(what.toSeries(id)));
        MetricTables.saveSeries(store, nameless);
        return nameless.size();
    }

    /** What its datapoints say of a series. */
    private record Found(Resolution finest, long newest) {
        private Found with(Found other) {
            return new Found(
                    finest.compareTo(other.finest) < 0 ? finest : other.finest, Math.max(newest, other.newest));
        }

        private Series toSeries(int id) {
            MetricId metric = MetricId.of(NAMESPACE, "Unknown", Map.of("Series", Integer.toString(id)));
            Resolution base = finest == Resolution.SECOND ? Resolution.SECOND : Resolution.MINUTE;
            Series series = new Series(id, Scope.LAB, new MetricStream(metric, Unit.NONE), base);
            series.lastSecond = newest;
            return series;
        }
    }

    /** New notifications must get numbers that no receiver has as delivered. */
    private static void keepNumbersGrowing(Connection store) throws SQLException {
        try (Statement statement = store.createStatement()) {
            int rows = statement.executeUpdate("UPDATE sqlite_sequence SET seq = max(seq,"
                    + " (SELECT coalesce(max(delivered), 0) FROM receiver)) WHERE name = 'notification'");
            if (rows == 0) {
                statement.executeUpdate("INSERT INTO sqlite_sequence (name, seq)"
                        + " SELECT 'notification', coalesce(max(delivered), 0) FROM receiver");
            }
        }
    }
}
