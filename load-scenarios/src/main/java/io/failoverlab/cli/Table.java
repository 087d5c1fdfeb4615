package io.failoverlab.cli;

import java.util.List;
import java.util.function.Consumer;

/** Rows of text in columns. */
final class Table {
    private Table() {}

    static void print(List<List<String>> rows, Consumer<String> line) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                text.append(cell);
                if (column < row.size() - 1) {
                    text.append(" ".repeat(widths[column] - cell.length() + 2));
                }
            }
            line.accept(text.toString().stripTrailing());
        }
    }
}
