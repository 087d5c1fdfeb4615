package io.failoverlab.rds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements over a connection that is there, and what comes back as text. */
final class Sql {
    private Sql() {}

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows; NULL is the text null. */
    static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(List.copyOf(row));
            }
            return rows;
        }
    }

    /** The first row by the names of its columns, NULL left out; empty if there is none. */
    static Map<String, String> row(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            Map<String, String> row = new HashMap<>();
            boolean there = result.next();
            for (int column = 1; there && column <= result.getMetaData().getColumnCount(); column++) {
                String value = result.getString(column);
                if (value != null) {
                    row.put(result.getMetaData().getColumnLabel(column), value);
                }
            }
            return row;
        }
    }

    /** The first column of every row. */
    static List<String> column(Connection connection, String sql) throws SQLException {
        return rows(connection, sql).stream().map(List::getFirst).toList();
    }

    /** The only value of an answer. */
    static String value(Connection connection, String sql) throws SQLException {
        return column(connection, sql).getFirst();
    }
}
