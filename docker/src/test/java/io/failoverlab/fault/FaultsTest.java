package io.failoverlab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void everyNameIsOfAFaultOfThatNameAndOfThatKind() {
        for (String name : Faults.names()) {
            Fault fault = Faults.named(name, Optional.empty(), 1);
            assertThat(fault.name()).isEqualTo(name);
            assertThat(fault instanceof ZoneFault).as(name).isEqualTo(Faults.isOfZone(name));
        }
        assertThatThrownBy(() -> Faults.named("az-powr", Optional.of(Duration.ofSeconds(1)), 1))
                .hasMessageEndingWith("found az-powr; did you mean az-power?");
    }

    @Test
    void whatIsDoneTogetherIsUnderWayAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);

        assertThat(Together.map(List.of(1, 2, 3), number -> {
                    meet(all);
                    return number * 10;
                }))
                .containsExactly(10, 20, 30);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException("the others did not come", alone);
        }
    }
}
