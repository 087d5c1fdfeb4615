package io.failoverlab.profile;

import io.failoverlab.document.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The behaviours of customers that the load generator knows. */
public enum Simulations {
    /** Customers read the catalogue, search, look at items, and some of them order. */
    BROWSE_AND_ORDER("browse-and-order", true),
    /** Customers read the same, and clerks change prices: who is shown an older version than somebody knew reads stale. */
    BROWSE_AND_REPRICE("browse-and-reprice", true),
    /** Customers only read. */
    BROWSE("browse", false),
    /** Requests of paths that the load names, for any application. */
    GET("get", false),
    /** A simulation of the user's own, which the load names: {@link OwnSimulation}. */
    OWN("own", false);

    private final String label;
    private final boolean writing;

    Simulations(String label, boolean writing) {
        this.label = label;
        this.writing = writing;
    }

    /** The name in experiments, on the command line and in reports. */
    public String label() {
        return label;
    }

    /** Whether some of its requests are writes: orders, which the ledger accounts for, or new prices. */
    public boolean writing() {
        return writing;
    }

    /** The names that can be asked for: one of the user's own has that of its class. */
    public static List<String> labels() {
        return Arrays.stream(values())
                .filter(simulation -> simulation != OWN)
                .map(Simulations::label)
                .toList();
    }

    /** The simulation of that name, if there is one. */
    public static Optional<Simulations> find(String label) {
        return Arrays.stream(values())
                .filter(simulation -> simulation.label.equals(label))
                .findFirst();
    }

    /**
     * The simulation of that name.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest one or all of them
     */
    public static Simulations named(String label) {
        return find(label)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown simulation \"" + label + "\"; " + Nearest.hint(label, labels())));
    }
}
