package io.failoverlab.store;

import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The store's file cannot be used or written; the message says which file and why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** All statements are right for a whole file: a table that is not there is damage as well. */
    private static final Set<SQLiteErrorCode> DAMAGE = Set.of(
            SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_ERROR, SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether SQLite says that the file is not as it was written. */
    boolean tellsOfDamage() {
        return getCause() instanceof SQLiteException e
                && (DAMAGE.contains(e.getResultCode())
                        || (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
}
