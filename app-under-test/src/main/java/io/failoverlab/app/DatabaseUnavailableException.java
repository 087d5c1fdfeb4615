package io.failoverlab.app;

import java.sql.SQLException;

/** The request could not be served now, and nothing is known to be stored; trying again may help. */
final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseUnavailableException(DatabaseFailure failure, SQLException cause) {
        super(failure.reason(), cause);
    }
}
