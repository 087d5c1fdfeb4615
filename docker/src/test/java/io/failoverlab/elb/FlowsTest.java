package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowsTest {
    private static final Target A = new Target("web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080);

    @Test
    void aClientIsTheOneWhoseConnectionItsWorkerTookJustBefore() {
        List<String> sockets = List.of(
                client(50001, 30, 1001), // to A
                upstream("10.0.10.10", 40001, 30, 1002),
                client(50002, 31, 1003), // of another worker, to C
                upstream("10.0.11.10", 40002, 31, 1006),
                upstream("10.0.10.10", 40003, 31, 1010),
                client(50003, 31, 1009), // to A, in no order
                "0 0 10.0.1.10:8081 10.0.1.1:50009",
                "");

        assertThat(Flows.ofClients(A, sockets))
                .containsExactly("( sport = :8080 and dst 172.18.0.1 and dport = :50001 )"
                        + " or ( sport = :8080 and dst 172.18.0.1 and dport = :50003 )");
    }

    @Test
    void nobodyIsTakenForAClientByGuess() {
        assertThat(Flows.ofClients(A, List.of(client(50001, 30, 1023), upstream("10.0.10.10", 40001, 30, 2049))))
                .as("numbers of two blocks")
                .isEmpty();
        assertThat(Flows.ofClients(A, List.of(client(50001, 30, 1), upstream("10.0.10.10", 40001, 31, 2))))
                .as("two workers")
                .isEmpty();
        assertThat(Flows.ofClients(
                        A,
                        List.of(
                                client(50001, 30, 1),
                                upstream("10.0.11.10", 40001, 30, 2),
                                upstream("10.0.10.10", 40002, 30, 3))))
                .as("another target's client")
                .isEmpty();
    }

    @Test
    void manyClientsAreSeveralFilters() {
        List<String> sockets = IntStream.range(0, 250)
                .mapToObj(
                        i -> List.of(client(50_000 + i, 30, 2 * i), upstream("10.0.10.10", 40_000 + i, 30, 2 * i + 1)))
                .flatMap(List::stream)
                .toList();
        assertThat(Flows.ofClients(A, sockets)).hasSize(3);
    }

    private static String client(int port, int worker, int number) {
        return socket("10.0.1.10:8080", "172.18.0.1:" + port, worker, number);
    }

    private static String upstream(String target, int port, int worker, int number) {
        return socket("10.0.10.4:" + port, target + ":8080", worker, number);
    }

    /** As iproute2 6.15 prints it. */
    private static String socket(String here, String there, int worker, int number) {
        return "0      0      %s %s users:((\"nginx\",pid=%d,fd=95)) uid:101 ino:%d sk:1d52 cgroup:/ <-> "
                .formatted(here, there, worker, number);
    }
}
