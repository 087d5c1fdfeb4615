package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.Timing;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultiAzControllerTest {
    private static final Gap TOLD = new Gap("db-1", Optional.of("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-3"), true);
    private static final Gap TOO_LATE = new Gap("db-1", Optional.of(""), true);

    private final RecordedMetrics told = new RecordedMetrics();
    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private final MultiAzController controller = new MultiAzController(
            "db-1",
            SemiSync.FALLBACK,
            Redundancy.COLD,
            FailoverClocks.of(Timing.LAB),
            withoutPlace(),
            Mode.EXPOSED,
            scheduler,
            told);

    /** What is ordered of them does nothing, and there is no place for the standby, so that a failover goes on for a while. */
    private static MultiAzServers withoutPlace() {
        return (MultiAzServers) Proxy.newProxyInstance(
                MultiAzServers.class.getClassLoader(),
                new Class<?>[] {MultiAzServers.class},
                (servers, method, arguments) -> switch (method.getName()) {
                    case "primary" -> "db-1";
                    case "standby" -> "db-2";
                    case "mayRun" -> false;
                    case "fence" -> null;
                    default -> throw new AssertionError(method.getName() + " was called");
                });
    }

    @AfterEach
    void close() {
        controller.close();
        scheduler.close();
    }

    @Test
    void aForcedFailoverThatCameTooLateOrdersNothingAndTellsNothing() {
        assertThatThrownBy(() -> controller.outOfSync("the standby is behind", true, () -> {
                    // Somebody else forces one during the look at the standby.
                    controller.outOfSync("the standby is behind", true, () -> TOLD);
                    return TOO_LATE;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the database has changed meanwhile");

        assertThat(controller.forced()).contains(TOLD);
        assertThat(told.events().stream().map(String::valueOf))
                .filteredOn(it -> it.contains("is forced, and loses "))
                .singleElement()
                .asString()
                .contains("loses 3 transactions of db-1");
    }
}
