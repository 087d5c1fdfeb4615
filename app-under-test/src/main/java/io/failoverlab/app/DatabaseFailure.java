package io.failoverlab.app;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What an {@link SQLException} means to a client of the shop. */
enum DatabaseFailure {
    /** Nobody answers, or what answers is about to leave. Whether the last statement took effect is not known. */
    AWAY("the database does not answer"),
    /** A server that was demoted, or not yet promoted, answers. */
    READ_ONLY("the database is read-only"),
    /** Lost to another transaction, and was rolled back at once: fit for another attempt. */
    DEADLOCK("the database is too busy with the same rows"),
    /** Waited in vain for another transaction to end. */
    LOCK_WAIT("the database is too busy with the same rows"),
    /** Its volume is used up: what it has can be read. */
    FULL("the database's storage is full"),
    /** Our mistake, or the schema's. */
    DEFECT("the database refused a statement");

    /** option prevents statement (read_only, super_read_only), read-only transaction, read-only mode, offline mode */
    private static final Set<Integer> READ_ONLY_ERRORS = Set.of(1290, 1792, 1836, 3032);

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    /** error writing a file, disk full, table full */
    private static final Set<Integer> FULL_ERRORS = Set.of(1021, 1026, 1114);

    /** too many connections (server, user), access denied, shutting down, killed query, killed connection */
    private static final Set<Integer> AWAY_ERRORS = Set.of(1040, 1045, 1053, 1203, 1317, 3169);

    private final String reason;

    DatabaseFailure(String reason) {
        this.reason = reason;
    }

    /** In words fit for a client: no host, no statement. */
    String reason() {
        return reason;
    }

    static DatabaseFailure of(SQLException e) {
        int error = e.getErrorCode();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (READ_ONLY_ERRORS.contains(error) || state.equals("S1009") && mentionsReadOnly(e)) {
            return READ_ONLY;
        }
        if (error == LOCK_WAIT_TIMEOUT) {
            return LOCK_WAIT;
        }
        if (FULL_ERRORS.contains(error)) {
            return FULL;
        }
        if (state.equals("40001") || e instanceof SQLTransactionRollbackException) {
            return DEADLOCK;
        }
        if (AWAY_ERRORS.contains(error) || state.startsWith("08") || e instanceof SQLTransientException) {
            return AWAY;
        }
        return DEFECT;
    }

    /** Connector/J uses S1009 for every illegal argument, and for a write on a connection it holds for read-only. */
    private static boolean mentionsReadOnly(SQLException e) {
        return e.getMessage() != null && e.getMessage().contains("read-only");
    }

    /** Message and innermost cause in one line for a log; Connector/J writes paragraphs around "Connection refused". */
    static String describe(SQLException e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String own = firstLine(e);
        return innermost == e ? own : own + ": " + firstLine(innermost);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }
}
