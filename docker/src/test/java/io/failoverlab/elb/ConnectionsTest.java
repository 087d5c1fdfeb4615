package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    /** 10.0.10.10:8080 is established twice and being connected once, and in TIME_WAIT once; the others are elsewhere. */
    private static final List<String> TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0A01000A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1
               1: 050A000A:9C40 0A0A000A:1F90 01 00000000:00000000 00:00000000 00000000   999        0 2
               2: 050A000A:9C42 0A0A000A:1F90 01 00000000:00000000 00:00000000 00000000   999        0 3
               3: 050A000A:9C44 0A0A000A:1F90 06 00000000:00000000 00:00000000 00000000   999        0 4
               4: 050A000A:9C46 0A0A000A:1F90 02 00000000:00000000 00:00000000 00000000   999        0 5
               5: 050A000A:9C48 0A0A000A:1F91 01 00000000:00000000 00:00000000 00000000   999        0 6
               6: 050B000A:9C4A 0A0B000A:1F90 01 00000000:00000000 00:00000000 00000000   999        0 7
            """.lines().toList();

    @Test
    void connectionsToOneEndpointAreCounted() {
        assertThat(Connections.countTo("10.0.10.10", 8080, TABLE)).isEqualTo(3);
        assertThat(Connections.countTo("10.0.11.10", 8080, TABLE)).isEqualTo(1);
        assertThat(Connections.countTo("10.0.12.10", 8080, TABLE)).isZero();
    }
}
