package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.rds.ReplicaSight.Need;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaSightTest {
    private static final String PRIMARY = "10.0.20.10";
    private static final Map<String, String> RUNNING = Map.of(
            "Source_Host", PRIMARY,
            "Replica_IO_Running", "Yes",
            "Replica_SQL_Running", "Yes",
            "Seconds_Behind_Source", "3",
            "SQL_Delay", "0",
            "Last_IO_Error", "",
            "Last_SQL_Error", "");

    /** The table of what a replica needs: a server that runs is left alone, but for a change of the primary. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # shut,  source,     io,         sql, need
            false, 10.0.20.10, Yes,        Yes, NOTHING
            false, 10.0.20.10, Connecting, Yes, NOTHING
            false, 10.0.20.10, Yes,        No,  NOTHING
            false, 10.0.21.10, Yes,        Yes, SOURCE
            true,  10.0.21.10, No,         No,  SOURCE
            true,  10.0.20.10, No,         No,  START
            true,  10.0.20.10, Yes,        No,  START
            true,  10.0.20.10, Connecting, Yes, OPENING
            true,  10.0.20.10, Yes,        Yes, OPENING
            """)
    void whatItNeeds(boolean shut, String source, String receiver, String applier, Need need) {
        Map<String, String> status = new HashMap<>(RUNNING);
        status.put("Source_Host", source);
        status.put("Replica_IO_Running", receiver);
        status.put("Replica_SQL_Running", applier);

        assertThat(ReplicaSight.of(shut, status).need(PRIMARY)).isEqualTo(need);
    }

    @Test
    void aServerThatReplicatesFromNobodyNeedsASource() {
        ReplicaSight nobody = ReplicaSight.of(true, Map.of());

        assertThat(nobody.need(PRIMARY)).isEqualTo(Need.SOURCE);
        assertThat(nobody.lag()).isEqualTo(-1);
    }

    @Test
    void theLagIsMysqlsOwnAndMinusOneWhileItCannotTell() {
        Map<String, String> broken = new HashMap<>(RUNNING);
        broken.remove("Seconds_Behind_Source");
        broken.put("Replica_SQL_Running", "No");
        broken.put("Last_SQL_Error", "Duplicate entry '7' for key 'items.PRIMARY'");

        assertThat(ReplicaSight.of(false, RUNNING).lag()).isEqualTo(3);
        assertThat(ReplicaSight.of(false, broken).lag()).isEqualTo(-1);
    }

    @Test
    void itsStateIsSaidInWords() {
        Map<String, String> status = new HashMap<>(RUNNING);
        assertThat(ReplicaSight.of(false, status).words()).isEqualTo("3 s behind 10.0.20.10");
        assertThat(ReplicaSight.of(true, status).words()).isEqualTo("catching up, 3 s behind 10.0.20.10");
        status.put("SQL_Delay", "5");
        assertThat(ReplicaSight.of(false, status).words()).isEqualTo("3 s behind 10.0.20.10, delayed by 5 s");
        status.put("Replica_SQL_Running", "No");
        assertThat(ReplicaSight.of(false, status).words()).isEqualTo("replication is stopped");
        status.put("Last_SQL_Error", "no such table");
        assertThat(ReplicaSight.of(false, status).words()).isEqualTo("replication has stopped: no such table");
    }
}
