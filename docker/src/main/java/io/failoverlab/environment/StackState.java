package io.failoverlab.environment;

import io.failoverlab.topology.Topology;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of a running stack to go on with it in another process, beside what the engine knows.
 *
 * @param topology with every web server that runs or is being launched
 * @param images that its containers are made of
 * @param instances instance id by name
 * @param loadBalancer value of CloudWatch's {@code LoadBalancer} dimension
 * @param targetGroup value of CloudWatch's {@code TargetGroup} dimension
 * @param servicePort of the balancer on 127.0.0.1
 * @param protectedNames web servers with termination protection
 * @param leaving web servers that are being terminated
 * @param group what is to be known of the Auto Scaling group, if there is one
 */
public record StackState(
        Topology topology,
        StackImages images,
        Map<String, String> instances,
        String loadBalancer,
        String targetGroup,
        int servicePort,
        Set<String> protectedNames,
        Set<String> leaving,
        KeptGroup group) {
    public StackState {
        instances = Map.copyOf(instances);
        protectedNames = Set.copyOf(protectedNames);
        leaving = Set.copyOf(leaving);
    }
}
