package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.failoverlab.topology.Instance;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingPlanTest {
    private static final Topology TWO_WEB = TopologyFile.pattern("two-web-one-db");
    private static final List<Zone> ZONES = TWO_WEB.zones();

    /** Web servers as zone letters in order of their launch, and what is done to have as many as desired. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            ac,     4,  launch a c
            ac,     5,  launch a c a
            aac,    5,  launch c a
            c,      3,  launch a a
            '',     3,  launch a c a
            acac,   2,  terminate web-2c web-2a
            aacc,   2,  terminate web-2c web-2a
            aaac,   2,  terminate web-3a web-2a
            caa,    2,  terminate web-2a
            cac,    1,  terminate web-2c web-1a
            ac,     2,  ''
            """)
    void zonesAreKeptEvenAndTheNewestOfTheMostCrowdedZoneGoesFirst(String now, int desired, String expected) {
        assertThat(inWords(ScalingPlan.of(ZONES, fleet(now).web(), Set.of(), desired)))
                .isEqualTo(expected);
    }

    @Test
    void whatIsProtectedStaysThoughItsZoneIsTheMostCrowded() {
        List<Instance> web = fleet("aaac").web();

        assertThat(inWords(ScalingPlan.of(ZONES, web, Set.of("web-2a", "web-3a"), 2)))
                .isEqualTo("terminate web-1a web-1c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalingPlan.of(ZONES, web, Set.of("web-2a", "web-3a"), 1))
                .withMessage("expected 1 web servers to be possible, found 2 with termination protection:"
                        + " [web-2a, web-3a]; `lab protect NAME --off` takes it off");
    }

    private static Topology fleet(String zones) {
        Topology topology = TWO_WEB.withoutWeb("web-1a").withoutWeb("web-1c");
        for (char letter : zones.toCharArray()) {
            Zone zone = ZONES.get(letter == 'a' ? 0 : 1);
            topology = topology.withWeb(topology.nextWeb(zone, InstanceType.T3_SMALL));
        }
        return topology;
    }

    private static String inWords(ScalingPlan plan) {
        List<String> words = new ArrayList<>();
        if (!plan.launches().isEmpty()) {
            words.add("launch");
        }
        plan.launches().stream().map(Zone::letter).forEach(words::add);
        if (!plan.terminations().isEmpty()) {
            words.add("terminate");
        }
        return String.join(
                " ", Stream.concat(words.stream(), plan.terminations().stream()).toList());
    }
}
