package io.failoverlab.comparison;

import io.failoverlab.fault.Fault;
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

    /** Whether it is aimed at one part alone, which then can be called a single point of failure. */
    boolean ofOnePart() {
        return hits.equals(List.of(where));
    }
}
