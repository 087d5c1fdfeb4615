package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointMoveTest {
    @Test
    void aRowForEachWayThatWasMeasuredHasTheMedianAndTheWorst() {
        assertThat(EndpointMove.table(List.of(
                        move(EndpointWay.HOSTS_FILE, 1, 4, 2_600),
                        move(EndpointWay.HOSTS_FILE, 1, 6, 4_900),
                        move(EndpointWay.HOSTS_FILE, 3, 5, 100),
                        move(EndpointWay.DNS, 1, 7, 5_100))))
                .containsExactly(
                        List.of(
                                "THE NAME IS MOVED BY",
                                "MOVES",
                                "MOVING TAKES",
                                "FOUND, NO CACHE",
                                "FOUND, JVM CACHE 5 S"),
                        List.of(
                                "a line of the clients' hosts file",
                                "3",
                                "1 ms (worst 3)",
                                "5 ms (worst 6)",
                                "2,600 ms (worst 4,900)"),
                        List.of(
                                "DNS of one's own, TTL 5 s",
                                "1",
                                "1 ms (worst 1)",
                                "7 ms (worst 7)",
                                "5,100 ms (worst 5,100)"));
    }

    private static EndpointMove move(EndpointWay way, long took, long found, long foundWithCache) {
        return new EndpointMove(
                way, Duration.ofMillis(took), Duration.ofMillis(found), Duration.ofMillis(foundWithCache));
    }
}
