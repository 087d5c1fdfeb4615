package io.failoverlab.topology;

import java.util.List;
import java.util.Optional;

/** What a read replica changes in a topology: another DB instance, which reaches each server that may be its source. */
final class ReplicaPlan {
    private static final int LONGEST_PREFIX = 24;

    private ReplicaPlan() {}

    /**
     * With the options of its source but for backups, which a new replica has none of on RDS.
     *
     * @param zone of the replica; any one
     */
    static DbInstance replica(
            DbInstance source,
            String identifier,
            InstanceType type,
            Zone zone,
            Optional<Ipv4> address,
            Placement placement) {
        DbOptions options = new DbOptions(
                source.options().parameterGroup(),
                source.options().backups().withRetentionDays(0),
                source.options().allocatedStorage());
        return new DbInstance(
                identifier,
                type,
                zone,
                DbInstance.Role.READ_REPLICA,
                placement.replica(identifier, zone, address),
                options,
                source.semiSync());
    }

    static Topology without(Topology topology) {
        return new Topology(
                topology.name(),
                topology.region(),
                topology.scale(),
                topology.vpc(),
                topology.zones(),
                topology.subnets(),
                topology.loadBalancer(),
                topology.web(),
                topology.databases(),
                Optional.empty(),
                flows(topology.hasStandby()),
                topology.autoScaling());
    }

    /** Not longer than a name may be. */
    static String nameFor(String source) {
        return source.substring(0, Math.min(source.length(), LONGEST_PREFIX)) + "-replica";
    }

    /** @param replicated whether any server replicates from another one */
    static List<Flow> flows(boolean replicated) {
        return replicated ? Flow.MULTI_AZ : Flow.DEFAULT;
    }
}
