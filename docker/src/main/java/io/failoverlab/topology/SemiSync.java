package io.failoverlab.topology;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Multi-AZ database does with writes while it has no standby that would keep a second copy. In neither case does MySQL
 * fall back to asynchronous replication by itself, after a time-out and without a word: the lab decides, and tells.
 */
public enum SemiSync {
    /** They wait, or are refused, until there is a second copy again. */
    BLOCK,
    /** They go on with one copy, as on RDS; the database is exposed until then. */
    FALLBACK;

    static Map<String, SemiSync> named() {
        Map<String, SemiSync> named = new LinkedHashMap<>();
        named.put("block", BLOCK);
        named.put("fallback", FALLBACK);
        return named;
    }
}
