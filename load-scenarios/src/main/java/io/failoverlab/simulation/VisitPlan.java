package io.failoverlab.simulation;

import io.failoverlab.profile.Simulations;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What each customer does: one request. A pure function of (seed, number of the customer), so a load can be repeated, and
 * the order in which threads get to it does not matter.
 */
final class VisitPlan {
    /** The items that the shop has on its first day, see app-under-test; it is known to sell more than this. */
    private static final int ITEMS = 1000;

    private static final int PAGES = ITEMS / 20;
    private static final int CUSTOMERS = 1000;
    private static final int MOST_OF_ONE = 5;
    private static final List<String> SEARCHES =
            List.of("lamp", "mug", "clock", "oak", "walnut", "copper", "notebook", "vase", "wool", "umbrella");
    /** Of ten reads: this many catalogue pages, up to this one searches, the rest items. */
    private static final int CATALOGUE_UP_TO = 4;

    private static final int SEARCH_UP_TO = 6;
    private static final int READS = 10;
    // Weyl constant of SplittableRandom: spreads consecutive customers over the seeds.
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final int DEAREST_CENTS = 10_000;

    private final String runId;
    private final Simulations simulation;
    private final long seed;
    private final double writeShare;
    private final List<String> paths;

    VisitPlan(String runId, Simulations simulation, long seed, double writeShare) {
        this(runId, simulation, seed, writeShare, List.of());
    }

    /** @param paths that are requested instead of the shop's, each as often as any other; empty for the shop's */
    VisitPlan(String runId, Simulations simulation, long seed, double writeShare, List<String> paths) {
        this.runId = runId;
        this.simulation = simulation;
        this.seed = seed;
        this.writeShare = writeShare;
        this.paths = List.copyOf(paths);
    }

    /** What one customer does. */
    sealed interface Visit {
        /** Looks at a page; {@code name} is that of the request in every count. */
        record Read(String name, String path) implements Visit {}

        /** Orders something; {@code key} goes into the header Idempotency-Key. */
        record Order(String key, String json) implements Visit {}

        /** Looks at one item. */
        record Look(long item) implements Visit {
            String path() {
                return "/items/" + item;
            }
        }

        /** Changes the price of an item. */
        record Reprice(long item, String json) implements Visit {
            String path() {
                return "/api/items/" + item;
            }
        }
    }

    Visit of(long customer) {
        SplittableRandom random = new SplittableRandom(seed ^ customer * GOLDEN);
        if (!paths.isEmpty()) {
            String path = paths.get(random.nextInt(paths.size()));
            return new Visit.Read(path, path);
        }
        if (random.nextDouble() < writeShare) {
            return switch (simulation) {
                case BROWSE_AND_ORDER -> order(random);
                case BROWSE_AND_REPRICE -> reprice(random);
                case BROWSE, GET, OWN -> throw new IllegalStateException("expected no writes of " + simulation.label());
            };
        }
        int read = random.nextInt(READS);
        if (read < CATALOGUE_UP_TO) {
            return new Visit.Read("catalogue", "/items?page=" + random.nextInt(1, PAGES + 1));
        }
        if (read < SEARCH_UP_TO) {
            return new Visit.Read("search", "/items?q=" + SEARCHES.get(random.nextInt(SEARCHES.size())));
        }
        return new Visit.Look(random.nextInt(1, ITEMS + 1));
    }

    private static Visit.Reprice reprice(SplittableRandom random) {
        long item = random.nextInt(1, ITEMS + 1);
        return new Visit.Reprice(item, "{\"priceCents\":" + random.nextInt(1, DEAREST_CENTS + 1) + "}");
    }

    private Visit.Order order(SplittableRandom random) {
        // version 4, variant 2, as for any random UUID
        UUID uuid = new UUID(
                random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE);
        String json = String.format(
                Locale.ROOT,
                "{\"customer\":\"c-%d\",\"itemId\":%d,\"quantity\":%d}",
                random.nextInt(1, CUSTOMERS + 1),
                random.nextInt(1, ITEMS + 1),
                random.nextInt(1, MOST_OF_ONE + 1));
        return new Visit.Order(keyPrefix(runId) + uuid, json);
    }

    static String keyPrefix(String runId) {
        return runId + "-";
    }
}
