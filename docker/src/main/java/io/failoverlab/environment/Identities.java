package io.failoverlab.environment;

import io.failoverlab.ec2.InstanceId;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The ids that a run gives to the parts of its topology.
 *
 * @param instances instance id by name, for web servers, balancer and database
 * @param loadBalancer value of CloudWatch's {@code LoadBalancer} dimension
 * @param targetGroup value of CloudWatch's {@code TargetGroup} dimension
 */
public record Identities(Map<String, String> instances, String loadBalancer, String targetGroup) {
    public static Identities random(Topology topology, RandomGenerator random) {
        Map<String, String> ids = new LinkedHashMap<>();
        topology.web().stream().map(Instance::name).forEach(name -> ids.put(name, InstanceId.random(random)));
        topology.databases().forEach(database -> ids.put(database.identifier(), InstanceId.random(random)));
        ids.put(topology.loadBalancer().name(), InstanceId.random(random));
        return new Identities(
                ids,
                "app/" + topology.loadBalancer().name() + "/%016x".formatted(random.nextLong()),
                "targetgroup/web/%016x".formatted(random.nextLong()));
    }

    /** An image's id in the form of an AMI's; the same image has the same in every run. */
    static String imageId(String imageReference) {
        return "ami-0%016x"
                .formatted(UUID.nameUUIDFromBytes(imageReference.getBytes(StandardCharsets.UTF_8))
                        .getMostSignificantBits());
    }

    String of(String name) {
        return instances.get(name);
    }
}
