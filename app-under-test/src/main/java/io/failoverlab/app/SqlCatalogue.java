package io.failoverlab.app;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalogue in MySQL. */
final class SqlCatalogue implements Catalogue {
    private final Database database;

    SqlCatalogue(Database database) {
        this.database = database;
    }

    @Override
    public ItemPage page(String text, PageRequest request) {
        String pattern = '%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
        return database.read(connection -> new ItemPage(
                items(connection, pattern, request), request.page(), request.size(), count(connection, pattern)));
    }

    private static List<Item> items(Connection connection, String pattern, PageRequest request) throws SQLException {
        String sql = "SELECT id, sku, name, price_cents FROM items WHERE name LIKE ? ORDER BY id LIMIT ? OFFSET ?";
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
        return database.read(connection -> {
            String sql = "SELECT id, sku, name, price_cents FROM items WHERE id = ?";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(item(rows)) : Optional.empty();
                }
            }
        });
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4));
    }
}
