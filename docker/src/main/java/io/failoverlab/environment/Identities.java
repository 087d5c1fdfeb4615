package io.failoverlab.environment;

import io.failoverlab.ec2.InstanceId;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/**
 * The ids that a run gives to its parts. Instances come and go: a name that is used again gets another id, as on AWS,
 * where an id is never given twice.
 */
public final class Identities {
    private final Map<String, String> instances = new ConcurrentSkipListMap<>();
    private final String loadBalancer;
    private final String targetGroup;
    private final RandomGenerator random;

    private Identities(String loadBalancer, String targetGroup, RandomGenerator random) {
        this.loadBalancer = loadBalancer;
        this.targetGroup = targetGroup;
        this.random = random;
    }

    /** New ids for every instance of a topology, its balancer and its target group. */
    public static Identities random(Topology topology, RandomGenerator random) {
        LoadBalancer balancer = topology.loadBalancer();
        Identities identities = new Identities(
                balancer.type().prefix() + "/" + balancer.name() + "/%016x".formatted(random.nextLong()),
                "targetgroup/web/%016x".formatted(random.nextLong()),
                random);
        topology.nodes().stream().map(Node::name).forEach(identities::launch);
        return identities;
    }

    /**
     * The ids of a stack that runs already.
     *
     * @param instances instance id by name
     */
    public static Identities known(
            Map<String, String> instances, String loadBalancer, String targetGroup, RandomGenerator random) {
        Identities identities = new Identities(loadBalancer, targetGroup, random);
        identities.instances.putAll(instances);
        return identities;
    }

    /** Gives a new instance of that name its id. */
    String launch(String name) {
        String id = InstanceId.random(random);
        launch(name, id);
        return id;
    }

    void launch(String name, String id) {
        instances.put(name, id);
    }

    void forget(String name) {
        instances.remove(name);
    }

    /** An image's id in the form of an AMI's; the same image has the same in every run. */
    static String imageId(String imageReference) {
        return "ami-0%016x"
                .formatted(UUID.nameUUIDFromBytes(imageReference.getBytes(StandardCharsets.UTF_8))
                        .getMostSignificantBits());
    }

    /** @throws IllegalArgumentException if there is no such instance */
    String of(String name) {
        String id = instances.get(name);
        if (id == null) {
            throw new IllegalArgumentException("expected one of " + instances.keySet() + ", found " + name);
        }
        return id;
    }

    /** Instance id by name, for the web servers that there are now, the balancer and the database. */
    public Map<String, String> instances() {
        return Map.copyOf(instances);
    }

    /** Value of CloudWatch's {@code LoadBalancer} dimension. */
    public String loadBalancer() {
        return loadBalancer;
    }

    /** Value of CloudWatch's {@code TargetGroup} dimension. */
    public String targetGroup() {
        return targetGroup;
    }
}
