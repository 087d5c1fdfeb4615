package io.failoverlab.api;

import java.util.List;

/** The parameter ScanBy: in which order of time records are given. Newest first, unless asked otherwise. */
final class Scan {
    private static final String ASCENDING = "TimestampAscending";
    private static final String DESCENDING = "TimestampDescending";

    private Scan() {}

    /** @param scanBy as it was given, or null */
    static boolean isAscending(String scanBy) {
        return switch (scanBy) {
            case null -> false;
            case ASCENDING -> true;
            case DESCENDING -> false;
            default -> throw ApiException.notInEnum(scanBy, "scanBy", List.of(ASCENDING, DESCENDING));
        };
    }
}
