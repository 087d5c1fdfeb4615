package io.failoverlab.app;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells HikariCP to drop a connection whose server has become read-only. HikariCP by itself drops connections that are
 * broken; one to a demoted primary works, and would fail every write until its life ends (HikariCP #1802, #2185).
 */
final class ReadOnlyEviction implements SQLExceptionOverride {
    @java.lang.Override // the interface has a type of the same name
    public Override adjudicate(SQLException e) {
        return switch (DatabaseFailure.of(e)) {
            case READ_ONLY -> Override.MUST_EVICT;
            case AWAY, DEADLOCK, LOCK_WAIT, FULL, DEFECT -> Override.CONTINUE_EVICT;
        };
    }
}
