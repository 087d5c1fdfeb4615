package io.failoverlab.environment;

import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which web servers come or go until there are as many as desired, with the zones kept even (Auto Scaling guide: "Instance
 * distribution" and "Default termination policy"; where that decides by launch template, here the newest goes first). Pure.
 *
 * @param launches a zone for each web server to launch, in order
 * @param terminations names, in order
 */
record ScalingPlan(List<Zone> launches, List<String> terminations) {
    ScalingPlan {
        launches = List.copyOf(launches);
        terminations = List.copyOf(terminations);
    }

    /**
     * @param zones in order of preference
     * @param web that there are now, oldest first
     * @param kept names that must not be terminated
     * @throws IllegalArgumentException if too many of them are kept
     */
    static ScalingPlan of(List<Zone> zones, List<Instance> web, Set<String> kept, int desired) {
        List<Zone> launches = new ArrayList<>();
        Map<Zone, Integer> counts = count(zones, web);
        for (int number = web.size(); number < desired; number++) {
            Zone emptiest =
                    zones.stream().min(Comparator.comparing(counts::get)).orElseThrow();
            launches.add(emptiest);
            counts.merge(emptiest, 1, Integer::sum);
        }
        List<Instance> left = new ArrayList<>(web);
        List<String> terminations = new ArrayList<>();
        while (left.size() > desired) {
            Instance next = nextToGo(zones, left, kept, desired);
            left.remove(next);
            terminations.add(next.name());
        }
        return new ScalingPlan(launches, terminations);
    }

    private static Instance nextToGo(List<Zone> zones, List<Instance> left, Set<String> kept, int desired) {
        Map<Zone, Integer> counts = count(zones, left);
        return left.stream()
                .filter(it -> !kept.contains(it.name()))
                .max(Comparator.<Instance>comparingInt(it -> counts.get(it.zone()))
                        .thenComparingInt(left::indexOf))
                .orElseThrow(() -> new IllegalArgumentException("expected " + desired + " web servers to be possible,"
                        + " found " + left.size() + " with termination protection: "
                        + left.stream().map(Instance::name).toList() + "; `lab protect NAME --off` takes it off"));
    }

    private static Map<Zone, Integer> count(List<Zone> zones, List<Instance> web) {
        Map<Zone, Integer> counts = new HashMap<>();
        zones.forEach(zone -> counts.put(zone, 0));
        web.forEach(it -> counts.merge(it.zone(), 1, Integer::sum));
        return counts;
    }
}
