package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.MultiAzPlan;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.topology.WarmPool;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final Topology TWO_WEB = TopologyFile.pattern("two-web-one-db");
    private static final MemoryBudget OF_EIGHT_AND_A_QUARTER = new MemoryBudget((8L << 30) + (256L << 20));

    @Test
    void limitsMayTakeAllThatTheMachineHas() {
        assertThatCode(() -> OF_EIGHT_AND_A_QUARTER.require(TWO_WEB.withWeb(3))).doesNotThrowAnyException();
    }

    @Test
    void aStandbyNeedsAsMuchAsItsPrimary() {
        Topology multiAz = MultiAzPlan.withStandby(TWO_WEB.withWeb(3), SemiSync.FALLBACK, List.of());

        assertThat(catchThrowableOfType(InvalidInput.class, () -> OF_EIGHT_AND_A_QUARTER.require(multiAz)))
                .hasMessageContaining("found 10.25 GiB: 3 web servers 6.00 GiB + database 4.00 GiB");
    }

    @Test
    void storageThatHasAnEndCountsAsMemory() {
        MemoryBudget justRight = new MemoryBudget((6L << 30) + (256L << 20));
        assertThatCode(() -> justRight.require(TWO_WEB)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(
                        InvalidInput.class, () -> justRight.require(TWO_WEB.withAllocatedStorage(512L << 20))))
                .hasMessageContaining("found 6.75 GiB: 2 web servers 4.00 GiB + database 2.50 GiB");
    }

    @Test
    void aGroupWhoseMaximumDoesNotFitIsToldOfWithTheSum() {
        Topology group = TWO_WEB.withAutoScaling(AutoScaling.of(1, 2, 5));

        assertThat(OF_EIGHT_AND_A_QUARTER.warning(TWO_WEB)).isEmpty();
        assertThat(OF_EIGHT_AND_A_QUARTER.warning(TWO_WEB.withAutoScaling(AutoScaling.of(1, 2, 3))))
                .isEmpty();
        assertThat(OF_EIGHT_AND_A_QUARTER.warning(group))
                .contains("two-web-one-db at its largest needs memory limits of 12.25 GiB: 5 web servers 10.00 GiB +"
                        + " database 2.00 GiB + load balancer 0.25 GiB; this machine has 8.25 GiB, and launches beyond 3"
                        + " web servers will be refused: lower auto-scaling.max, or take a smaller instance type");
    }

    @Test
    void theWarmPoolOfAGroupCounts() {
        WarmPool pool = new WarmPool(2, WarmPool.State.STOPPED, OptionalInt.empty(), false);
        Topology group = TWO_WEB.withAutoScaling(AutoScaling.of(1, 2, 3).withWarmPool(pool));

        assertThat(OF_EIGHT_AND_A_QUARTER.warning(group).orElseThrow()).contains("12.25 GiB: 5 web servers");
    }

    @Test
    void moreIsRefusedWithTheSum() {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> OF_EIGHT_AND_A_QUARTER.require(TWO_WEB.withWeb(4))))
                .hasMessage("two-web-one-db: expected at most 8.25 GiB of memory limits, which this machine has, found"
                        + " 10.25 GiB: 4 web servers 8.00 GiB + database 2.00 GiB + load balancer 0.25 GiB; take fewer"
                        + " web servers, or a smaller instance type in the topology");
    }
}
