package io.failoverlab.app;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue in MySQL. */
final class SqlCatalogue implements Catalogue {
    private static final String COLUMNS = "SELECT id, sku, name, price_cents, version FROM items ";

    private final Readers readers;
    private final Database writer;

    SqlCatalogue(Readers readers, Database writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public ItemPage page(String text, PageRequest request) {
        String pattern = '%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
        return readers.read(connection -> new ItemPage(
                items(connection, pattern, request), request.page(), request.size(), count(connection, pattern)));
    }

    private static List<Item> items(Connection connection, String pattern, PageRequest request) throws SQLException {
        String sql = COLUMNS + "WHERE name LIKE ? ORDER BY id LIMIT ? OFFSET ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, pattern);
            statement.setInt(2, request.size());
            statement.setInt(3, request.offset());
            try (ResultSet rows = statement.executeQuery()) {
                List<Item> items = new ArrayList<>(request.size());
                while (rows.next()) {
                    items.add(item(rows));
                }
                return items;
            }
        }
    }

    private static long count(Connection connection, String pattern) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT COUNT(*) FROM items WHERE name LIKE ?")) {
            statement.setString(1, pattern);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public Optional<Item> findItem(long id) {
        return readers.read(connection -> item(connection, id));
    }

    @Override
    public Optional<Item> reprice(long id, PriceChange change) {
        String sql = "UPDATE items SET price_cents = ?, version = version + 1 WHERE id = ?";
        return writer.transact(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, change.priceCents());
                statement.setLong(2, id);
                statement.executeUpdate();
            }
            return item(connection, id);
        });
    }

    private static Optional<Item> item(Connection connection, long id) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS + "WHERE id = ?")) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(item(rows)) : Optional.empty();
            }
        }
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
    }
}
