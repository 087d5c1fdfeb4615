package io.failoverlab.comparison;

import io.failoverlab.fault.Fault;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import java.util.List;

/**
 * One fault of a campaign.
 *
 * @param where name of a part, or letter of a zone
 * @param hits the parts that are down while it lasts
 */
public record Strike(Fault fault, String where, List<String> hits) {
    public Strike {
        hits = List.copyOf(hits);
    }

    /** {@code kill web-1a}. */
    public String name() {
        return fault.name() + " " + where;
    }

    /** Whether acknowledged writes may be gone after it: it hits the primary, whose standby does not promise to have them all. */
    boolean mayCostWrites(Topology topology) {
        return topology.hasStandby()
                && topology.primaryDatabase().options().redundancy() != Redundancy.HOT
                && hits.contains(topology.primaryDatabase().name());
    }

    /** Whether it is aimed at one part alone, which then can be called a single point of failure. */
    boolean ofOnePart() {
        return hits.equals(List.of(where));
    }
}
