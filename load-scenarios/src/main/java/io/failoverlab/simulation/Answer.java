package io.failoverlab.simulation;

import java.util.Locale;

/**
 * The end of one request, in time of the wall clock, milliseconds since 1970.
 *
 * @param status HTTP status, 0 where there was no answer
 * @param error empty where there was none
 */
record Answer(String name, long startMillis, long endMillis, boolean ok, int status, String error) {
    static final String CSV_HEADER = "name,startEpochMillis,endEpochMillis,ok,status,error";

    /** As a line of {@code requests.csv}; quotes as of RFC 4180, line breaks as blanks so that a line is a request. */
    String csvLine() {
        return String.format(
                Locale.ROOT, "%s,%d,%d,%b,%d,%s\n", quoted(name), startMillis, endMillis, ok, status, quoted(error));
    }

    private static String quoted(String text) {
        String line = text.replaceAll("[\r\n]+", " ");
        return line.contains(",") || line.contains("\"") ? '"' + line.replace("\"", "\"\"") + '"' : line;
    }
}
