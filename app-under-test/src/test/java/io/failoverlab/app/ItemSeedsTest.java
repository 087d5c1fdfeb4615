package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ItemSeedsTest {
    @Test
    void theFirstItemsAreTheSameForEver() {
        assertThat(ItemSeeds.all().subList(0, 2))
                .isEqualTo(List.of(
                        new Item(1, "FL-00001", "Copper Apron", 14830, 1),
                        new Item(2, "FL-00002", "Walnut Lunch Box", 12750, 1)));
    }

    /** Flyway refuses to start over a database that was filled with other data. */
    @Test
    void allItemsAreTheSameForEver() {
        assertThat(new SeedItems().getChecksum()).isEqualTo(248_855_203);
    }

    @Test
    void thereAreEnoughAndNoTwoAreAlike() {
        assertThat(ItemSeeds.all()).hasSize(1200).extracting(Item::name).doesNotHaveDuplicates();
    }
}
