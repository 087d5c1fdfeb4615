package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.BalancerType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NginxStatusTest {
    @Test
    void tellsOpenConnectionsAndThoseWithoutRoom() {
        assertThat(NginxStatus.parse("""
                        Active connections: 8\s
                        server accepts handled requests
                         120 117 4301\s
                        Reading: 0 Writing: 1 Waiting: 7\s
                        """)).contains(new NginxStatus(7, 3));
    }

    @Test
    void theMetricsAreThoseOfTheBalancersType() {
        NginxStatus quiet = new NginxStatus(0, 3);
        NginxStatus busy = new NginxStatus(7, 5);
        assertThat(quiet.counts(BalancerType.APPLICATION, Optional.of(quiet))).isEmpty();
        assertThat(busy.counts(BalancerType.APPLICATION, Optional.of(quiet)))
                .isEqualTo(Map.of("ActiveConnectionCount", 7L, "RejectedConnectionCount", 2L));
        assertThat(quiet.counts(BalancerType.NETWORK, Optional.of(quiet))).isEqualTo(Map.of("ActiveFlowCount", 0L));
        assertThat(busy.counts(BalancerType.NETWORK, Optional.empty()))
                .isEqualTo(Map.of("ActiveFlowCount", 7L, "RejectedFlowCount", 5L));
    }

    @Test
    void anythingElseIsNoStatus() {
        assertThat(NginxStatus.parse("")).isEmpty();
        assertThat(NginxStatus.parse("<html>403 Forbidden</html>")).isEmpty();
    }
}
