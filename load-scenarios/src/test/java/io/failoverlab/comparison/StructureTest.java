package io.failoverlab.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.failoverlab.topology.TopologyFile;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class StructureTest {
    private static final StatedAvailability PARTS_OF_99_5 = new StatedAvailability(1, 0.995, 0.995);
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void partsInSeriesMultiplyAndPartsInParallelMultiplyWhatTheyLack() {
        assertThat(structure("one-web-one-db").availability(PARTS_OF_99_5)).isEqualTo(0.990025, EXACT);
        assertThat(structure("two-web-one-db").availability(PARTS_OF_99_5)).isEqualTo(0.994975125, EXACT);
        assertThat(structure("two-web-multi-az").availability(PARTS_OF_99_5)).isEqualTo(0.999950000625, EXACT);
        assertThat(structure("two-web-one-db").availability(new StatedAvailability(0.9, 0.5, 0.8)))
                .isEqualTo(0.9 * 0.75 * 0.8, EXACT);
    }

    @Test
    void oneOfTheParallelPartsIsEnough() {
        Structure structure = structure("two-web-one-db");

        assertThat(structure.up(Set.of())).isTrue();
        assertThat(structure.up(Set.of("web-1a"))).isTrue();
        assertThat(structure.up(Set.of("web-1a", "web-1c"))).isFalse();
        assertThat(structure.up(Set.of("db-1"))).isFalse();
        assertThat(structure.up(Set.of("lb"))).isFalse();
    }

    @Test
    void theFormulaNamesTheParts() {
        assertThat(structure("two-web-one-db").formula()).isEqualTo("lb × (web-1a ∥ web-1c) × db-1");
        assertThat(structure("two-web-multi-az").formula()).isEqualTo("lb × (web-1a ∥ web-1c) × (db-1 ∥ db-2)");
        assertThat(structure("one-web-one-db").formula()).isEqualTo("lb × web-1a × db-1");
    }

    @Test
    void anAvailabilityIsAShare() {
        assertThatThrownBy(() -> new StatedAvailability(1, 99.5, 1))
                .hasMessage("expected an availability of 0 to 1 for the web, found 99.5");
    }

    private static Structure structure(String pattern) {
        return Structure.of(TopologyFile.pattern(pattern));
    }
}
