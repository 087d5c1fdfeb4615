package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web servers that come and go while a stack runs. */
class ChangingTopologyTest {
    private static final Topology TWO_WEB = TopologyFile.pattern("two-web-one-db");
    private static final Zone A = TWO_WEB.zones().get(0);
    private static final Zone C = TWO_WEB.zones().get(1);

    @Test
    void aNewWebServerGetsTheNextNameAndAddressesOfItsZone() {
        assertThat(withMicro(another(TWO_WEB, A)).web())
                .map(ChangingTopologyTest::inWords)
                .containsExactly(
                        "web-1a T3_SMALL 10.0.10.10 10.0.20.100",
                        "web-1c T3_SMALL 10.0.11.10 10.0.20.101",
                        "web-2a T3_SMALL 10.0.10.11 10.0.20.102",
                        "web-2c T3_MICRO 10.0.11.11 10.0.20.103");
    }

    @Test
    void oneByOneGivesTheSameAsAllAtOnce() {
        assertThat(another(another(another(TWO_WEB, A), C), A)).isEqualTo(TWO_WEB.withWeb(5));
    }

    @Test
    void nameAndAddressesOfOneThatIsGoneAreFreeAgain() {
        Topology replaced = another(another(TWO_WEB, A).withoutWeb("web-1a"), A);

        assertThat(replaced.web())
                .map(ChangingTopologyTest::inWords)
                .containsExactly(
                        "web-1c T3_SMALL 10.0.11.10 10.0.20.101",
                        "web-2a T3_SMALL 10.0.10.11 10.0.20.102",
                        "web-1a T3_SMALL 10.0.10.10 10.0.20.100");
    }

    @Test
    void theLastWebServerMayGoAndTheNextOneComes() {
        Topology none = TWO_WEB.withoutWeb("web-1a").withoutWeb("web-1c");

        assertThat(none.web()).isEmpty();
        assertThat(another(none, A).web()).isEqualTo(TWO_WEB.web().subList(0, 1));
    }

    @Test
    void aFullSubnetIsRefusedWithItsSize() {
        Topology small = TopologyFile.parse("small.yaml", "{name: small, zones: [a], subnets: {web-a: 10.0.10.0/28}}");
        Topology full = small.withWeb(10);

        assertThat(catchThrowableOfType(InvalidInput.class, () -> full.nextWeb(A, InstanceType.T3_SMALL)))
                .hasMessage("small: expected at most 11 addresses in web-a 10.0.10.0/28 (16 less the 5 that AWS"
                        + " reserves), found one more for web-11a; take fewer web servers or a larger subnet");
        assertThat(full.withoutWeb("web-4a").nextWeb(A, InstanceType.T3_SMALL))
                .isEqualTo(full.web().get(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverComesAndGoesNoNameOrAddressIsGivenTwice(long seed) {
        Random random = new Random(seed);
        Topology topology = TWO_WEB;
        for (int step = 0; step < 200; step++) {
            List<Instance> web = topology.web();
            // The record itself refuses what is there twice.
            topology = web.isEmpty() || web.size() < 12 && random.nextBoolean()
                    ? another(topology, topology.zones().get(random.nextInt(2)))
                    : topology.withoutWeb(web.get(random.nextInt(web.size())).name());
        }
        List<String> addresses = new ArrayList<>();
        topology.nodes().forEach(node -> node.interfaces().forEach(it -> addresses.add(it.address() + "")));
        assertThat(addresses).doesNotHaveDuplicates();
    }

    private static Topology another(Topology topology, Zone zone) {
        return topology.withWeb(topology.nextWeb(zone, InstanceType.T3_SMALL));
    }

    private static Topology withMicro(Topology topology) {
        return topology.withWeb(topology.nextWeb(C, InstanceType.T3_MICRO));
    }

    private static String inWords(Instance web) {
        return web.name() + " " + web.type() + " " + web.primary().address() + " "
                + web.addressIn("db-a").orElseThrow();
    }
}
