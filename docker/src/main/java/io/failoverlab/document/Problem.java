package io.failoverlab.document;

/**
 * One mistake in a file, as its author is told about it.
 *
 * @param file the file as the user named it, or what else was read, such as {@code --web}
 * @param line from 1, or 0 where the problem has no place in a text
 * @param column from 1, or 0 where the problem has no place in a text
 * @param expected what would have been right
 * @param found what is there instead
 * @param hint the next step, or an empty text
 */
public record Problem(String file, int line, int column, String expected, String found, String hint) {

    public Problem {
        if (file.isBlank() || expected.isBlank() || found.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a file, an expectation and a finding, found file '%s', '%s', '%s'"
                            .formatted(file, expected, found));
        }
        if (line < 0 || column < 0 || (line == 0) != (column == 0)) {
            throw new IllegalArgumentException(
                    "expected line and column from 1, or both 0, found %d:%d".formatted(line, column));
        }
    }

    /** A problem without a place in a text: a command line option, a name. */
    public static Problem of(String source, String expected, String found, String hint) {
        return new Problem(source, 0, 0, expected, found, hint);
    }

    /** One line: {@code shop.yaml:3:10: expected …, found …; hint}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": expected " + expected + ", found " + found + (hint.isEmpty() ? "" : "; " + hint);
    }
}
