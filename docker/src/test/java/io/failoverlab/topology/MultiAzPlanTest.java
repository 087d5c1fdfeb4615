package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A running database that becomes Multi-AZ, and what is left if it does not. */
class MultiAzPlanTest {
    private static final Topology SINGLE = TopologyFile.pattern("two-web-one-db");

    @Test
    void whatIsUndoneLeavesNothing() {
        Topology more = multiAz(SINGLE);
        Instance another = more.nextWeb(more.zones().getFirst(), InstanceType.T3_SMALL);

        assertThat(MultiAzPlan.withoutStandby(more)).isEqualTo(SINGLE);
        assertThat(MultiAzPlan.withoutStandby(more.withWeb(another))).isEqualTo(SINGLE.withWeb(3));
    }

    @Test
    void aWebServerWhoseLaunchWasUnderWayIsConnectedLater() {
        Instance late = SINGLE.nextWeb(SINGLE.zones().getFirst(), InstanceType.T3_SMALL);
        Topology more = multiAz(SINGLE).withWeb(late);
        assertThat(more.web().getLast().addressIn("db-c")).isEmpty();

        Topology connected = MultiAzPlan.connected(more);

        assertThat(connected.web().getLast().addressIn("db-c")).hasToString("Optional[10.0.21.102]");
        assertThat(connected).isEqualTo(multiAz(SINGLE.withWeb(3)));
    }

    @Test
    void namesAndAddressesOfRestoredDatabasesStayTheirs() {
        DbInstance restored = SINGLE.restoredDatabase("db-2", InstanceType.T3_SMALL, List.of());

        Topology more = MultiAzPlan.withStandby(SINGLE, SemiSync.FALLBACK, List.of(restored));

        assertThat(more.databases()).map(DbInstance::name).containsExactly("db-1", "db-3");
        assertThat(more.databases().stream().flatMap(it -> it.interfaces().stream()))
                .doesNotContainAnyElementsOf(restored.interfaces());
    }

    @Test
    void oneZoneAloneIsRefused() {
        Topology one = TopologyFile.parse("one.yaml", "{name: one, zones: [a]}");

        assertThat(catchThrowableOfType(InvalidInput.class, () -> multiAz(one)))
                .hasMessage("one: expected two zones, since a standby is in another one than its primary, found zone a"
                        + " alone; `zones: [a, c]` in the topology gives it a second one");
    }

    private static Topology multiAz(Topology topology) {
        return MultiAzPlan.withStandby(topology, SemiSync.FALLBACK, List.of());
    }
}
