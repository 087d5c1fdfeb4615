package io.failoverlab.ec2;

import io.failoverlab.telemetry.Cadence;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Monitoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What EC2 says of an instance's metrics: under which sets of dimensions, and how often (EC2 User Guide, "List the available
 * CloudWatch metrics for your instances").
 *
 * @param type whose CPU credits are kept; empty for what is not an instance on AWS
 * @param usage sets of dimensions of CPU, network and disk
 * @param statusChecks sets of dimensions of the status checks, which exist for instances and groups only
 */
public record Watched(
        Optional<InstanceType> type,
        Monitoring monitoring,
        List<Map<String, String>> usage,
        List<Map<String, String>> statusChecks) {

    public Watched {
        usage = List.copyOf(usage);
        statusChecks = List.copyOf(statusChecks);
    }

    /** @param imageId such as {@code ami-0123456789abcdef0} */
    public static Watched instance(String instanceId, InstanceType type, String imageId, Monitoring monitoring) {
        Map<String, String> own = Map.of("InstanceId", instanceId);
        List<Map<String, String>> usage = switch (monitoring) {
            case BASIC -> List.of(own);
            case DETAILED -> List.of(own, Map.of("InstanceType", type.awsName()), Map.of("ImageId", imageId));
        };
        return new Watched(Optional.of(type), monitoring, usage, List.of(own));
    }

    /** For what is a container here and a service on AWS. */
    static Watched unknownToEc2(String id) {
        List<Map<String, String>> own = List.of(Map.of("InstanceId", id));
        return new Watched(Optional.empty(), Monitoring.BASIC, own, own);
    }

    /** The same, as a member of an Auto Scaling group: its metrics are the group's as well. */
    public Watched inGroup(String autoScalingGroup) {
        Map<String, String> group = Map.of("AutoScalingGroupName", autoScalingGroup);
        return new Watched(type, monitoring, plus(usage, group), plus(statusChecks, group));
    }

    private static List<Map<String, String>> plus(List<Map<String, String>> sets, Map<String, String> more) {
        List<Map<String, String>> all = new ArrayList<>(sets);
        all.add(more);
        return all;
    }

    Cadence cadence(Cadence.Merge merge) {
        return new Cadence(monitoring.every(), merge);
    }
}
