package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.failoverlab.profile.Simulations;
import io.failoverlab.simulation.VisitPlan.Visit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VisitPlanTest {
    private static final int MANY = 10_000;

    private static VisitPlan plan(String run, long seed, double share) {
        return new VisitPlan(run, Simulations.BROWSE_AND_ORDER, seed, share);
    }

    private static List<Visit> visits(VisitPlan plan) {
        return LongStream.rangeClosed(1, MANY).mapToObj(plan::of).toList();
    }

    @Test
    void equalSeedsMakeEqualCustomers() {
        assertThat(visits(plan("run1", 7, 0.2))).isEqualTo(visits(plan("run1", 7, 0.2)));
        assertThat(visits(plan("run1", 7, 0.2))).isNotEqualTo(visits(plan("run1", 8, 0.2)));
    }

    @Test
    void readsAndOrdersComeInTheirShares() {
        Map<String, Double> shares = visits(plan("run1", 7, 0.2)).stream()
                .collect(Collectors.groupingBy(
                        visit -> switch (visit) {
                            case Visit.Read read -> read.name();
                            case Visit.Look look -> "item";
                            case Visit.Reprice reprice -> "reprice";
                            case Visit.Order order -> "order";
                        },
                        Collectors.collectingAndThen(Collectors.counting(), count -> (double) count / MANY)));

        assertThat(shares).containsOnlyKeys("catalogue", "search", "item", "order");
        assertThat(shares.get("order")).isCloseTo(0.2, within(0.02));
        assertThat(shares.get("catalogue")).isCloseTo(0.32, within(0.02));
        assertThat(shares.get("search")).isCloseTo(0.16, within(0.02));
        assertThat(shares.get("item")).isCloseTo(0.32, within(0.02));
    }

    @Test
    void everyOrderHasAKeyOfItsOwnThatNamesTheRun() {
        List<String> keys = visits(plan("run1", 7, 1)).stream()
                .map(visit -> ((Visit.Order) visit).key())
                .toList();

        assertThat(keys)
                .hasSize(MANY)
                .doesNotHaveDuplicates()
                .allMatch(
                        key -> key.matches("run1-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(visits(plan("run2", 7, 1)))
                .extracting(visit -> ((Visit.Order) visit).key())
                .doesNotContainAnyElementsOf(keys);
    }

    @Test
    void pathsOfAnotherApplicationAreRequestedInEqualShares() {
        Map<String, Double> shares = visits(new VisitPlan("run1", Simulations.GET, 7, 0, List.of("/a", "/b"))).stream()
                .collect(Collectors.groupingBy(
                        visit -> ((Visit.Read) visit).path(),
                        Collectors.collectingAndThen(Collectors.counting(), count -> (double) count / MANY)));

        assertThat(shares).containsOnlyKeys("/a", "/b");
        assertThat(shares.get("/a")).isCloseTo(0.5, within(0.02));
    }

    @Test
    void aSimulationThatOnlyReadsHasNoOrders() {
        assertThat(visits(new VisitPlan("run1", Simulations.BROWSE, 7, 0)))
                .hasOnlyElementsOfTypes(Visit.Read.class, Visit.Look.class);
    }

    @Test
    void clerksChangePricesOfItemsThatCustomersLookAt() {
        List<Visit> visits = visits(new VisitPlan("run1", Simulations.BROWSE_AND_REPRICE, 7, 0.3));

        List<Visit.Reprice> changes = visits.stream()
                .filter(Visit.Reprice.class::isInstance)
                .map(Visit.Reprice.class::cast)
                .toList();
        assertThat((double) changes.size() / MANY).isCloseTo(0.3, within(0.02));
        assertThat(changes)
                .allMatch(it -> it.path().equals("/api/items/" + it.item())
                        && it.json().matches("\\{\"priceCents\":[1-9]\\d{0,4}}"));
        Set<Long> lookedAt = visits.stream()
                .filter(Visit.Look.class::isInstance)
                .map(it -> ((Visit.Look) it).item())
                .collect(Collectors.toSet());
        assertThat(changes).filteredOn(it -> lookedAt.contains(it.item())).hasSizeGreaterThan(changes.size() / 2);
        assertThat(visits).noneMatch(Visit.Order.class::isInstance);
    }
}
