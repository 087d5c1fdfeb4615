package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ExecResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCheckTest {
    private static final String STAMP = "2026-11-28T04:22:15.150512Z 0 ";

    @Test
    void whatMySqlTakesIsNoProblem() {
        assertThat(ParameterCheck.problem("max_connections", new ExecResult(0, "", "")))
                .isEmpty();
    }

    @Test
    void aWarningAboutAnotherParameterIsNone() {
        String warning = STAMP
                + "[Warning] [MY-000081] [Server] option 'innodb-read-io-threads': unsigned value 100 adjusted to 64.\n";
        assertThat(ParameterCheck.problem("max_connections", new ExecResult(0, "", warning)))
                .isEmpty();
        assertThat(ParameterCheck.problem("innodb_read_io_threads", new ExecResult(0, "", warning)))
                .contains("option 'innodb-read-io-threads': unsigned value 100 adjusted to 64.");
    }

    @Test
    void anErrorIsToldInMySqlsWords() {
        String error = STAMP + "[ERROR] [MY-000067] [Server] unknown variable 'foo=1'.\n" + STAMP
                + "[ERROR] [MY-010119] [Server] Aborting\n";
        assertThat(ParameterCheck.problem("foo", new ExecResult(1, "", error))).contains("unknown variable 'foo=1'.");
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "64M, 67108864", "1g, 1073741824", "-1, -1"})
    void numbersMayHaveASuffix(String text, long number) {
        assertThat(DbParameters.number(text)).contains(number);
    }

    @ParameterizedTest
    @CsvSource({"ON", "M", "1.5", "ANSI_QUOTES"})
    void anythingElseIsText(String text) {
        assertThat(DbParameters.number(text)).isEmpty();
    }
}
