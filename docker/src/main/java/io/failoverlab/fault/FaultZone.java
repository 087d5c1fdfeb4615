package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import java.util.List;

/**
 * What of the stack is in one Availability Zone. The balancer is in all zones and belongs to none.
 *
 * @param zone such as {@code ap-northeast-1a}
 * @param instances in it, at least one
 * @param consequence what losing the zone means for the service, beside having fewer instances; empty if nothing
 */
public record FaultZone(String zone, List<Ec2Instance> instances, String consequence) {
    public FaultZone {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("expected an instance in zone " + zone + ", found none");
        }
        instances = List.copyOf(instances);
    }

    /** How a fault on it is listed. */
    public String title() {
        return title(zone);
    }

    /** How a fault on the zone of that name is listed. */
    public static String title(String zone) {
        return "zone " + zone;
    }

    /** Those that a fault can hit: running and not frozen. */
    List<Ec2Instance> running() {
        List<Ec2Instance> running = instances.parallelStream()
                .filter(Ec2Instance::passesStatusChecks)
                .toList();
        if (running.isEmpty()) {
            throw new NotRunning("expected an instance of " + zone + " to be running, found none of "
                    + String.join(", ", names(instances)) + "; `lab status` shows their states");
        }
        return running;
    }

    /** What was seen, with what it means. */
    String evidence(String seen, List<Ec2Instance> hit) {
        List<String> spared = names(
                instances.stream().filter(instance -> !hit.contains(instance)).toList());
        return seen
                + (spared.isEmpty() ? "" : "; not running before: " + String.join(", ", spared))
                + (consequence.isEmpty() ? "" : "; " + consequence);
    }

    static List<String> names(List<Ec2Instance> instances) {
        return instances.stream().map(Ec2Instance::name).toList();
    }
}
