package io.failoverlab.elb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Divides the requests among targets by whole weights, as small as they can be. Pure. */
final class Shares {
    private Shares() {}

    /**
     * @param ramps targets with their part of a full share, from 1 to {@code full}
     * @param crossZone false gives each zone of the targets the same part, however many they are
     */
    static List<Rotation.Share> of(Map<Target, Integer> ramps, boolean crossZone) {
        Map<String, Integer> inZone = new LinkedHashMap<>();
        ramps.keySet().forEach(target -> inZone.merge(target.zone(), 1, Integer::sum));
        int common = crossZone ? 1 : inZone.values().stream().reduce(1, Shares::leastCommonMultiple);
        Map<Target, Integer> weights = new LinkedHashMap<>();
        ramps.forEach((target, ramp) ->
                weights.put(target, ramp * (crossZone ? 1 : common / inZone.get(target.zone()))));
        int divisor = weights.values().stream().reduce(0, Shares::greatestCommonDivisor);
        List<Rotation.Share> shares = new ArrayList<>();
        weights.forEach((target, weight) -> shares.add(new Rotation.Share(target, weight / divisor)));
        return shares;
    }

    private static int leastCommonMultiple(int one, int other) {
        return one / greatestCommonDivisor(one, other) * other;
    }

    private static int greatestCommonDivisor(int one, int other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
