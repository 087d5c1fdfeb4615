package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrdersOfLoadTest {

    @Test
    void ordersThatAreAllThereAreOneLine() {
        assertThat(of(new FinalRead.Read("db-1", Map.of("k-1", List.of(1L), "k-2", List.of(2L)))))
                .isEqualTo(new OrdersOfLoad(
                        List.of("orders    2 attempted, 1 acknowledged, 2 found, 0 lost, 0 stored twice,"
                                + " 0 that nobody attempted; 1 without an acknowledgement, of which 1 found"),
                        Verdict.PASS));
    }

    @Test
    void whatMustNeverHappenFailsAndIsNamed() {
        OrdersOfLoad orders = of(new FinalRead.Read("db-1", Map.of("k-2", List.of(2L, 3L), "x", List.of(4L))));

        assertThat(orders.lines().subList(1, 4))
                .containsExactly("          lost: k-1", "          duplicated: k-2", "          unexpected: x");
        assertThat(orders.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatWasNotReadIsUnknown() {
        assertThat(of(new FinalRead.NotRead("the database did not answer: timed out")))
                .isEqualTo(new OrdersOfLoad(
                        List.of("orders    not read back: the database did not answer: timed out"), Verdict.UNKNOWN));
    }

    private static OrdersOfLoad of(FinalRead read) {
        return OrdersOfLoad.of(new LedgerReading(Set.of("k-1", "k-2"), Map.of("k-1", 1L), read));
    }
}
