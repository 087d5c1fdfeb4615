package io.failoverlab.topology;

import java.util.List;

/**
 * A server of an RDS database, in the db subnet of its zone. A Multi-AZ database has two, each with an interface in the other's
 * subnet too, where AWS would have a route, and a read replica has one in each db subnet.
 *
 * @param identifier such as {@code db-1}
 * @param type the size of its class: {@code db.t3.small} is a {@code t3.small}
 * @param semiSync of a Multi-AZ database; without a standby it means nothing
 */
public record DbInstance(
        String identifier,
        InstanceType type,
        Zone zone,
        Role role,
        List<NetworkInterface> interfaces,
        DbOptions options,
        SemiSync semiSync)
        implements Node {

    /** What the server is to the others. */
    public enum Role {
        PRIMARY,
        /** Of a Multi-AZ deployment. */
        STANDBY,
        /** A DB instance of its own that follows another one, asynchronously, and takes no writes. */
        READ_REPLICA
    }

    public DbInstance {
        Names.require(identifier);
        interfaces = Node.requireInterfaces(identifier, interfaces);
    }

    /** With RDS's defaults. */
    public DbInstance(String identifier, InstanceType type, Zone zone, Role role, List<NetworkInterface> interfaces) {
        this(identifier, type, zone, role, interfaces, DbOptions.DEFAULT, SemiSync.FALLBACK);
    }

    @Override
    public String name() {
        return identifier;
    }

    @Override
    public Tier tier() {
        return Tier.DB;
    }

    DbInstance withInterfaces(List<NetworkInterface> others) {
        return new DbInstance(identifier, type, zone, role, others, options, semiSync);
    }

    /** The same database with other options. */
    public DbInstance withOptions(DbOptions others) {
        return new DbInstance(identifier, type, zone, role, interfaces, others, semiSync);
    }

    DbInstance withRedundancy(Redundancy kind) {
        SemiSync policy = kind == Redundancy.HOT ? semiSync : SemiSync.FALLBACK;
        return new DbInstance(identifier, type, zone, role, interfaces, options.withRedundancy(kind), policy);
    }

    DbInstance withAllocatedStorage(long bytes) {
        return withOptions(options.withAllocatedStorage(bytes));
    }

    /** What a read replica is once it is promoted: with a day of backups (RDS API Reference, PromoteReadReplica). */
    public DbInstance promoted() {
        return withRole(Role.PRIMARY)
                .withOptions(new DbOptions(
                        options.parameterGroup(), options.backups().withRetentionDays(1), options.allocatedStorage()));
    }

    DbInstance withRole(Role other) {
        return new DbInstance(identifier, type, zone, other, interfaces, options, semiSync);
    }
}
