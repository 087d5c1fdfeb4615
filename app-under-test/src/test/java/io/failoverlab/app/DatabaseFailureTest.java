package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseFailureTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    1290, HY000, READ_ONLY,  MUST_EVICT
                    1792, 25006, READ_ONLY,  MUST_EVICT
                    1836, HY000, READ_ONLY,  MUST_EVICT
                    1205, 40001, LOCK_WAIT,  CONTINUE_EVICT
                    1213, 40001, DEADLOCK,   CONTINUE_EVICT
                    0,    08S01, AWAY,       CONTINUE_EVICT
                    0,    08003, AWAY,       CONTINUE_EVICT
                    1040, 08004, AWAY,       CONTINUE_EVICT
                    1045, 28000, AWAY,       CONTINUE_EVICT
                    1053, 08S01, AWAY,       CONTINUE_EVICT
                    1317, 70100, AWAY,       CONTINUE_EVICT
                    3032, HY000, READ_ONLY,  MUST_EVICT
                    1021, HY000, FULL,       CONTINUE_EVICT
                    1026, HY000, FULL,       CONTINUE_EVICT
                    1114, HY000, FULL,       CONTINUE_EVICT
                    1146, 42S02, DEFECT,     CONTINUE_EVICT
                    0,    S1009, DEFECT,     CONTINUE_EVICT
                    """)
    void errorsOfMySqlHaveAMeaning(int error, String state, DatabaseFailure failure, Override eviction) {
        SQLException e = new SQLException("a message", state, error);

        assertThat(DatabaseFailure.of(e)).isEqualTo(failure);
        assertThat(new ReadOnlyEviction().adjudicate(e)).isEqualTo(eviction);
    }

    @Test
    void theDriversOwnRefusalToWriteIsReadOnly() {
        SQLException e = new SQLException(
                "Connection is read-only. Queries leading to data modification are not allowed.", "S1009", 0);

        assertThat(DatabaseFailure.of(e)).isEqualTo(DatabaseFailure.READ_ONLY);
    }

    @Test
    void anExhaustedPoolIsAway() {
        assertThat(DatabaseFailure.of(new SQLTransientConnectionException("shop - Connection is not available")))
                .isEqualTo(DatabaseFailure.AWAY);
    }

    @Test
    void aFailureIsDescribedInOneLineWithItsInnermostCause() {
        SQLException e = new SQLException(
                "Communications link failure\n\nThe last packet …", "08S01", new IOException("Read timed out"));

        assertThat(DatabaseFailure.describe(e)).isEqualTo("Communications link failure: Read timed out");
    }
}
