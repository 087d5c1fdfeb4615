package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.app.Placement.Insert;
import io.failoverlab.app.Placement.Stored;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final OrderRequest REQUEST = new OrderRequest("c-17", 5, 2);
    private static final OrderRequest OTHER = new OrderRequest("c-17", 5, 3);
    private static final Order ORDER = new Order(123, "k-1", "c-17", 5, 2, 2580, Instant.parse("2026-03-01T10:00:00Z"));

    @Test
    void anInsertedRowIsANewOrder() {
        assertThat(Placement.decide(Insert.DONE, stored(REQUEST), REQUEST)).isEqualTo(new Placement.Created(ORDER));
    }

    @Test
    void aTakenKeyWithTheSameRequestIsAReplay() {
        assertThat(Placement.decide(Insert.KEY_TAKEN, stored(REQUEST), REQUEST))
                .isEqualTo(new Placement.Replayed(ORDER));
    }

    @Test
    void aTakenKeyWithAnotherRequestIsRefused() {
        assertThat(Placement.decide(Insert.KEY_TAKEN, stored(OTHER), REQUEST))
                .isEqualTo(new Placement.KeyReused("k-1"));
    }

    @Test
    void anUnknownItemIsRefused() {
        assertThat(Placement.decide(Insert.NO_ITEM, Optional.empty(), REQUEST)).isEqualTo(new Placement.NoSuchItem(5));
    }

    @Test
    void anUnknownItemUnderATakenKeyIsAReusedKey() {
        assertThat(Placement.decide(Insert.NO_ITEM, stored(OTHER), REQUEST)).isEqualTo(new Placement.KeyReused("k-1"));
    }

    @Test
    void aRowThatMustBeThereAndIsNotIsNeverAnOrder() {
        assertThatThrownBy(() -> Placement.decide(Insert.KEY_TAKEN, Optional.empty(), REQUEST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a row under the key, found none");
    }

    private static Optional<Stored> stored(OrderRequest request) {
        return Optional.of(new Stored(ORDER, request.hash()));
    }
}
