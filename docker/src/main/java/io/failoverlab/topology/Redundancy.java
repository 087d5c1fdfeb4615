package io.failoverlab.topology;

import io.failoverlab.document.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands by for a database whose server fails: the three classes of standby, the cold one in two ways. */
public enum Redundancy {
    /** It runs and has every acknowledged write, by semi-synchronous replication: RDS's Multi-AZ. */
    HOT("hot"),
    /** It runs and follows asynchronously: it has to apply what it received, and what it did not receive is lost. */
    WARM("warm"),
    /** It is stopped, with the data of that moment: it has to be started. */
    COLD("cold"),
    /** There is no server but a snapshot, of which one has to be made. */
    COLD_SNAPSHOT("cold-snapshot");

    private final String label;

    Redundancy(String label) {
        this.label = label;
    }

    /** As topologies write it. */
    public String label() {
        return label;
    }

    /** Whether the standby runs while it stands by. */
    public boolean runs() {
        return switch (this) {
            case HOT, WARM -> true;
            case COLD, COLD_SNAPSHOT -> false;
        };
    }

    /** All of them, as topologies write them. */
    public static List<String> labels() {
        return List.copyOf(named().keySet());
    }

    /** @throws IllegalArgumentException with the nearest one, if there is none of that name */
    public static Redundancy labelled(String label) {
        return Optional.ofNullable(named().get(label))
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + String.join(", ", labels())
                        + ", found " + label + "; " + Nearest.hint(label, labels())));
    }

    static Map<String, Redundancy> named() {
        Map<String, Redundancy> named = new LinkedHashMap<>();
        for (Redundancy each : values()) {
            named.put(each.label, each);
        }
        return named;
    }
}
