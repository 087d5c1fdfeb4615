package io.failoverlab.comparison;

import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the strikes of a campaign cost one topology, beside what its structure foretells. */
public record PatternDamage(Topology topology, Campaign campaign, List<Damage> damages) {
    public PatternDamage {
        damages = List.copyOf(damages);
        if (damages.isEmpty()) {
            throw new IllegalArgumentException("expected the damage of at least one strike, found none");
        }
    }

    /** The share of all judged requests that got what they asked for, 0 to 1. */
    public double measuredAvailability() {
        long judged = damages.stream().mapToLong(Damage::judged).sum();
        long lost = damages.stream().mapToLong(Damage::lost).sum();
        return judged == 0 ? 0 : 1 - (double) lost / judged;
    }

    /** The same as the formula has it: the share of the judged time in which the structure is up, if failing over took no time. */
    public double foretoldAvailability() {
        Structure structure = structure();
        Duration judged = campaign.judged();
        return damages.stream()
                .mapToDouble(damage -> structure.up(Set.copyOf(damage.strike().hits()))
                        ? 1
                        : 1 - (double) campaign.repair().toMillis() / judged.toMillis())
                .average()
                .orElseThrow();
    }

    /** Of a year, from the stated availabilities of the parts. */
    public double statedAvailability(StatedAvailability stated) {
        return structure().availability(stated);
    }

    public String formula() {
        return structure().formula();
    }

    /** The parts without which something was not served, as the strikes found. */
    public List<Damage> singlePointsOfFailure() {
        return damages.stream().filter(damage -> !damage.dead().isEmpty()).toList();
    }

    /** The parts without which nothing is served, as the structure has it. */
    public List<String> foretoldSinglePointsOfFailure() {
        Structure structure = structure();
        return topology.nodes().stream()
                .map(Node::name)
                .filter(name -> !structure.up(Set.of(name)))
                .toList();
    }

    /**
     * FAIL if a write was doubled or made up, or lost that the topology promises to keep, UNKNOWN if a run proves nothing; lost
     * requests are what is to be found out.
     */
    public Verdict verdict() {
        if (damages.stream().anyMatch(this::isBroken)) {
            return Verdict.FAIL;
        }
        return damages.stream().allMatch(damage -> damage.doubts().isEmpty()) ? Verdict.PASS : Verdict.UNKNOWN;
    }

    private boolean isBroken(Damage damage) {
        return damage.surplusWrites() > 0
                || damage.lostWrites() > 0 && !damage.strike().mayCostWrites(topology);
    }

    private Structure structure() {
        return Structure.of(topology);
    }
}
