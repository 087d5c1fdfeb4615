package io.failoverlab.fis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The types of resources that the stack has, with what selects among them (FIS user guide, "Targets for AWS FIS"). */
public enum ResourceType {
    INSTANCE(
            "aws:ec2:instance",
            "instance",
            List.of("Placement.AvailabilityZone", "State.Name", "InstanceType", "VpcId"),
            Set.of()),
    DB("aws:rds:db", "DB instance", List.of("AvailabilityZone"), Set.of("availabilityZoneIdentifiers")),
    CLUSTER("aws:rds:cluster", "DB cluster", List.of("AvailabilityZones"), Set.of("writerAvailabilityZoneIdentifiers")),
    SUBNET(
            "aws:ec2:subnet",
            "subnet",
            List.of("AvailabilityZone", "VpcId"),
            Set.of("availabilityZoneIdentifier", "vpc"));

    private final String id;
    private final String noun;
    private final List<String> filters;
    private final Set<String> parameters;

    ResourceType(String id, String noun, List<String> filters, Set<String> parameters) {
        this.id = id;
        this.noun = noun;
        this.filters = filters;
        this.parameters = parameters;
    }

    /** FIS's name, such as {@code aws:ec2:instance}. */
    public String id() {
        return id;
    }

    /** In words, such as {@code instance}. */
    String noun() {
        return noun;
    }

    /** Paths of the attributes that a filter can ask for here. */
    List<String> filters() {
        return filters;
    }

    /** Names of the resource parameters that FIS knows for it. */
    Set<String> parameters() {
        return parameters;
    }

    /** Whether values of that filter or resource parameter are Availability Zones. */
    static boolean isOfZones(String path) {
        return path.toLowerCase(java.util.Locale.ROOT).contains("availabilityzone");
    }

    static Optional<ResourceType> of(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }
}
