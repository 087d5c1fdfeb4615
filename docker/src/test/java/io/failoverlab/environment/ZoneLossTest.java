package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneLossTest {
    @Test
    void losingTheZoneOfTheOnlyDatabaseIsAnOutage() {
        assertThat(ZoneLoss.consequence("a", List.of("a", "c"), List.of("a")))
                .isEqualTo("an outage: the only database is in this zone, so no other zone can serve what needs it");
    }

    @Test
    void losingTheZoneOfAllWebServersIsAnOutage() {
        assertThat(ZoneLoss.consequence("c", List.of("c", "c"), List.of("a")))
                .isEqualTo("an outage: every web server is in this zone");
    }

    @Test
    void losingOneOfTwoOfEachIsNone() {
        assertThat(ZoneLoss.consequence("c", List.of("a", "c"), List.of("a"))).isEmpty();
        assertThat(ZoneLoss.consequence("a", List.of("a", "c"), List.of("a", "c")))
                .isEmpty();
    }
}
