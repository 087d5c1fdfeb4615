package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String OTHER = "00000000-1111-2222-3333-444444444444";

    @Test
    void transactionsAreCountedOverServersRunsAndTags() {
        assertThat(GtidSet.count("")).isZero();
        assertThat(GtidSet.count(SERVER + ":7")).isEqualTo(1);
        assertThat(GtidSet.count(SERVER + ":1-5:8:10-11")).isEqualTo(8);
        assertThat(GtidSet.count(SERVER + ":1-5,\n" + OTHER + ":2-3:tag_1:1-4")).isEqualTo(11);
    }

    @Test
    void itIsToldInWords() {
        assertThat(new Gap("db-1", Optional.of(SERVER + ":4-40"), true))
                .hasToString("37 transactions of db-1: " + SERVER + ":4-40");
        assertThat(new Gap("db-1", Optional.of(SERVER + ":4"), true))
                .hasToString("1 transaction of db-1: " + SERVER + ":4");
        assertThat(new Gap("db-1", Optional.of(""), true)).hasToString("no transaction");
        assertThat(new Gap("db-1", Optional.of(SERVER + ":4-5"), false))
                .hasToString("at least 2 transactions of db-1: " + SERVER
                        + ":4-5 (as of the last answer of db-1, which is silent now)");
    }

    @Test
    void whatNobodyKnowsIsNotNothing() {
        assertThat(new Gap("db-1", Optional.empty(), false))
                .hasToString("an unknown number of transactions: db-1 has not answered this lab");
    }
}
