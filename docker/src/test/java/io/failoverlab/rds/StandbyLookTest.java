package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.topology.Redundancy;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandbyLookTest {
    @ParameterizedTest
    @CsvSource({"COLD, cold", "COLD_SNAPSHOT, cold-snapshot"})
    void aStandbyThatIsStoppedOnPurposeIsNotCalledSilent(Redundancy kind, String label) {
        assertThatThrownBy(() -> StandbyLook.gap(stoppedStandby(), kind, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("db-2 is stopped on purpose, as a " + label
                        + " standby is; it is started only for a primary that failed");
    }

    /** db-1 runs, db-2 does not, and nobody may ask or change either. */
    private static MultiAzServers stoppedStandby() {
        return (MultiAzServers) Proxy.newProxyInstance(
                MultiAzServers.class.getClassLoader(),
                new Class<?>[] {MultiAzServers.class},
                (servers, method, arguments) -> switch (method.getName()) {
                    case "primary" -> "db-1";
                    case "standby" -> "db-2";
                    case "hasEnded" -> arguments[0].equals("db-2");
                    default -> throw new AssertionError(method.getName() + " was called");
                });
    }
}
