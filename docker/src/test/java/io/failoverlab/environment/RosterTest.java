package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.Owner;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterTest {
    private static final Topology TOPOLOGY = TopologyFile.named("two-web-multi-az");

    @TempDir
    private Path folder;

    @Test
    void aFailoverWhileAPlaceIsSoughtIsNotUndoneByTheLaunch() {
        Roster roster = new Roster(plan());

        Instance web = roster.reserve(topology -> {
            roster.change(now -> now.withTopology(now.topology().withPrimary("db-2")));
            return topology.nextWeb(
                    topology.zones().getFirst(), topology.web().getFirst().type());
        });

        Topology written = new StackFile(folder).read().topology();
        assertThat(written).isEqualTo(TOPOLOGY.withPrimary("db-2").withWeb(web));
        assertThat(roster.now().topology()).isEqualTo(written);
        assertThat(roster.now().unregistered()).containsExactly(web.name());
    }

    private Launch.Plan plan() {
        return new Launch.Plan(
                null,
                Owner.ofThisProcess("roster-test"),
                TOPOLOGY,
                new StackImages("web:1", "lb:2", "db:3"),
                Identities.random(TOPOLOGY, new SecureRandom()),
                folder,
                8080,
                null,
                null,
                null);
    }
}
