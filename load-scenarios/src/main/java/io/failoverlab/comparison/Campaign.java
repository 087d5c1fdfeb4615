package io.failoverlab.comparison;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Faults;
import io.failoverlab.profile.Simulations;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The same faults for every topology: each of its parts is killed once, and the zone of its database loses its power. Every
 * strike is an experiment of its own on a fresh stack, so that none bears the consequences of the one before; the part is
 * repaired after a time that stands for the time it takes to repair one.
 *
 * @param rate requests started a second
 * @param repair how long a struck part stays down
 */
public record Campaign(int rate, Duration repair) {
    private static final Duration RAMP = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration CALM = Duration.ofSeconds(6);
    private static final Duration AFTERMATH = Duration.ofSeconds(8);
    private static final double ORDERS = 0.2;
    private static final String KILL = "kill";
    private static final String POWER_CUT = "az-power";

    /** The time of each strike's run in which requests are judged: some calm, the repair, the aftermath. */
    Duration judged() {
        return CALM.plus(repair).plus(AFTERMATH);
    }

    /** Each part killed once. */
    public List<Strike> kills(Topology topology) {
        return topology.nodes().stream()
                .map(Node::name)
                .map(name -> new Strike(fault(KILL), name, List.of(name)))
                .toList();
    }

    /** Each part killed once, then the zone of the primary database. */
    public List<Strike> all(Topology topology) {
        List<Strike> strikes = new ArrayList<>(kills(topology));
        Zone zone = topology.primaryDatabase().zone();
        strikes.add(new Strike(
                fault(POWER_CUT),
                zone.letter(),
                topology.nodesIn(zone).stream().map(Node::name).toList()));
        return strikes;
    }

    /** The strike as an experiment, of which nothing is expected but that the writes are right, as far as the topology promises that. */
    public Experiment experiment(Topology topology, Strike strike) {
        Duration at = RAMP.plus(WARM_UP).plus(CALM);
        return new Experiment(
                "campaign-" + topology.name(),
                strike.name() + " in " + topology.name(),
                topology,
                new Experiment.Load(
                        Simulations.BROWSE_AND_ORDER.label(),
                        rate,
                        RAMP,
                        WARM_UP,
                        at.plus(repair).plus(AFTERMATH),
                        ORDERS),
                List.of(new Experiment.Injection(
                        strike.fault(), strike.where(), strike.hits(), at, Optional.of(repair))),
                expectations(topology, strike));
    }

    private static Map<String, String> expectations(Topology topology, Strike strike) {
        Map<String, String> expected = new TreeMap<>(Map.of("writes-duplicated", "0", "writes-unexpected", "0"));
        if (!strike.mayCostWrites(topology)) {
            expected.put("writes-lost", "0");
        }
        return expected;
    }

    private Fault fault(String name) {
        return Faults.named(name, Optional.of(repair), Map.of());
    }
}
