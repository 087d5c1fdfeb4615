package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.topology.Redundancy;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandbyCareTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Servers without a place for any; whatever else is asked of them is written down. */
    private final MultiAzServers lost = (MultiAzServers) Proxy.newProxyInstance(
            MultiAzServers.class.getClassLoader(),
            new Class<?>[] {MultiAzServers.class},
            (proxy, method, arguments) -> {
                asked.add(method.getName() + " " + arguments[0]);
                return method.getName().equals("mayRun") ? false : null;
            });

    @ParameterizedTest
    @EnumSource(
            value = Redundancy.class,
            names = {"COLD", "COLD_SNAPSHOT"})
    void aColdStandbyIsNotStartedInAZoneThatIsLost(Redundancy kind) {
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            StandbyCare care = new StandbyCare(kind, lost, scheduler, news -> {});

            assertThatThrownBy(() -> care.prepare("db-2", true, new Turn(new Object(), () -> true)))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("there is no place for db-2");
        }
        assertThat(asked).containsExactly("mayRun db-2");
    }
}
