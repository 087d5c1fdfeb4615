package io.failoverlab.elb;

import java.util.Map;

/**
 * The values of the dimensions under which a load balancer's metrics are published.
 *
 * @param loadBalancer such as {@code app/lb/50dc6c495c0c9188}, or {@code net/…} of a network balancer
 * @param targetGroup such as {@code targetgroup/web/73e2d6bc24d8a067}
 * @param zoneByNode Availability Zone by address at which the balancer takes requests
 */
public record BalancerDimensions(String loadBalancer, String targetGroup, Map<String, String> zoneByNode) {
    public BalancerDimensions {
        zoneByNode = Map.copyOf(zoneByNode);
    }

    Map<String, String> balancer() {
        return Map.of("LoadBalancer", loadBalancer);
    }

    Map<String, String> balancer(String zone) {
        return Map.of("LoadBalancer", loadBalancer, "AvailabilityZone", zone);
    }

    Map<String, String> group() {
        return Map.of("LoadBalancer", loadBalancer, "TargetGroup", targetGroup);
    }

    Map<String, String> group(String zone) {
        return Map.of("LoadBalancer", loadBalancer, "TargetGroup", targetGroup, "AvailabilityZone", zone);
    }

    Map<String, String> groupAlone() {
        return Map.of("TargetGroup", targetGroup);
    }
}
