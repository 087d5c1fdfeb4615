package io.failoverlab.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The orders in MySQL. An order is inserted first and asked about afterwards: the unique key on
 * {@code idempotency_key} is the only thing that all replicas, and a client's second try, have in common. A second
 * insert under a key that is in flight waits for the first transaction's end.
 */
final class SqlOrders implements Orders {
    private static final int DUPLICATE_ENTRY = 1062;
    private static final String COLUMNS =
            "id, idempotency_key, customer, item_id, quantity, total_cents, created_at, request_hash";

    private final Database database;

    SqlOrders(Database database) {
        this.database = database;
    }

    @Override
    public Placement place(IdempotencyKey key, OrderRequest request) {
        return database.transact(connection -> {
            Placement.Insert insert = insert(connection, key, request);
            return Placement.decide(insert, underKey(connection, key), request);
        });
    }

    private static Placement.Insert insert(Connection connection, IdempotencyKey key, OrderRequest request)
            throws SQLException {
        String sql = """
                INSERT INTO orders (idempotency_key, request_hash, customer, item_id, quantity, total_cents, created_at)
                SELECT ?, ?, ?, id, ?, ? * price_cents, UTC_TIMESTAMP(6) FROM items WHERE id = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key.text());
            statement.setBytes(2, request.hash());
            statement.setString(3, request.customer());
            statement.setInt(4, request.quantity());
            statement.setInt(5, request.quantity());
            statement.setLong(6, request.itemId());
            return statement.executeUpdate() == 1 ? Placement.Insert.DONE : Placement.Insert.NO_ITEM;
        } catch (SQLException e) {
            if (e.getErrorCode() == DUPLICATE_ENTRY) {
                return Placement.Insert.KEY_TAKEN;
            }
            throw e;
        }
    }

    private static Optional<Placement.Stored> underKey(Connection connection, IdempotencyKey key) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM orders WHERE idempotency_key = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key.text());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Placement.Stored(order(rows), rows.getBytes("request_hash")))
                        : Optional.empty();
            }
        }
    }

    @Override
    public Optional<Order> findOrder(long id) {
        return database.read(connection -> {
            String sql = "SELECT " + COLUMNS + " FROM orders WHERE id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(order(rows)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public OrderPage ofCustomer(String customer, PageRequest request) {
        return database.read(connection -> new OrderPage(
                newest(connection, customer, request), request.page(), request.size(), count(connection, customer)));
    }

    private static List<Order> newest(Connection connection, String customer, PageRequest request) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM orders WHERE customer = ? ORDER BY id DESC LIMIT ? OFFSET ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, customer);
            statement.setInt(2, request.size());
            statement.setInt(3, request.offset());
            try (ResultSet rows = statement.executeQuery()) {
                List<Order> orders = new ArrayList<>();
                while (rows.next()) {
                    orders.add(order(rows));
                }
                return orders;
            }
        }
    }

    private static long count(Connection connection, String customer) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT COUNT(*) FROM orders WHERE customer = ?")) {
            statement.setString(1, customer);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("idempotency_key"),
                row.getString("customer"),
                row.getLong("item_id"),
                row.getInt("quantity"),
                row.getLong("total_cents"),
                // a plain date and time, in UTC by the insert: no driver or server time zone takes part
                row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
