package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Identities identities = Identities.random(TopologyFile.pattern("two-web-one-db"), new Random(1));

    @Test
    void everyInstanceHasAnIdInEc2sForm() {
        assertThat(identities.instances()).containsOnlyKeys("web-1a", "web-1c", "db-1", "lb");
        assertThat(identities.instances().values())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("i-[0-9a-f]{17}"));
        assertThat(identities.loadBalancer()).matches("app/lb/[0-9a-f]{16}");
        Topology network = TopologyFile.parse("nlb.yaml", "{name: nlb, load-balancer: {type: network}}");
        assertThat(Identities.random(network, new Random(1)).loadBalancer()).matches("net/lb/[0-9a-f]{16}");
        assertThat(identities.targetGroup()).matches("targetgroup/web/[0-9a-f]{16}");
    }

    @Test
    void aNameThatIsUsedAgainGetsAnotherId() {
        String before = identities.of("web-1a");
        identities.forget("web-1a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> identities.of("web-1a"))
                .withMessage("expected one of [db-1, lb, web-1c], found web-1a");

        assertThat(identities.launch("web-1a")).isNotEqualTo(before).isEqualTo(identities.of("web-1a"));
    }
}
