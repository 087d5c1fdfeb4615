package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.Owner;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void whatAnotherLabHadMeantToDoIsStillWrittenDownOnceSomethingElseChanges() {
        Roster roster = new Roster(plan());
        KeptGroup group = new KeptGroup(
                Optional.empty(), Map.of("web-1c", LifecycleState.TERMINATING_WAIT), Set.of("web-1a"), false);
        roster.add(new Roster.Member(Ec2Instance.ofService("web-1a", "i-1", 1, null), null));

        roster.recall(group);
        roster.change(now -> now.goOn(Set.of("web-1a", "web-gone"), List.of("web-1c")));
        roster.change(now -> now.withTopology(TOPOLOGY.withPrimary("db-2")));

        StackState written = new StackFile(folder).read();
        assertThat(written.protectedNames()).containsExactly("web-1a");
        assertThat(written.leaving()).containsExactly("web-1c");
        assertThat(written.group()).isEqualTo(group);
        assertThat(roster.now().unregistered()).containsExactly("web-1c");
        assertThat(roster.wanted()).map(Instance::name).containsExactly("web-1a");
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
