package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderAuditTest {
    private static final Order A = new Order("key-a", "order a");
    private static final Order B = new Order("key-b", "order b");
    private static final Order C = new Order("key-c", "order c");

    @Test
    void anOrderWithoutAnAnswerMayBeThereOrNot() {
        List<Answer> answers = List.of(answer(A, 201), answer(B, 502), answer(C, 0), page());

        assertThat(OrderAudit.of(answers, List.of(A, B))).isEqualTo(new OrderAudit(3, 1, 2, 0, 0));
    }

    @Test
    void anAcknowledgedOrderThatIsNotThereIsLost() {
        assertThat(OrderAudit.of(List.of(answer(A, 201), answer(B, 201)), List.of(A)))
                .isEqualTo(new OrderAudit(2, 2, 1, 1, 0));
    }

    @Test
    void aSecondRowOfAnOrderIsADouble() {
        assertThat(OrderAudit.of(List.of(answer(A, 201), answer(B, 201)), List.of(A, B, B, B)))
                .isEqualTo(new OrderAudit(2, 2, 2, 0, 2));
    }

    @Test
    void anotherContentUnderTheKeyIsNotTheOrderAndAnotherKeyDoesNotHideADouble() {
        List<Order> ledger = List.of(new Order("key-a", "order b"), B, new Order("key-x", "order b"));

        assertThat(OrderAudit.of(List.of(answer(A, 201), answer(B, 201)), ledger))
                .isEqualTo(new OrderAudit(2, 2, 1, 1, 2));
    }

    private static Answer answer(Order order, int status) {
        return new Answer(Instant.EPOCH, Duration.ofMillis(6), Duration.ZERO, Optional.of(order), status);
    }

    private static Answer page() {
        return new Answer(Instant.EPOCH, Duration.ofMillis(6), Duration.ZERO, Optional.empty(), 200);
    }
}
