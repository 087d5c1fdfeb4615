package io.failoverlab.topology;

import java.util.List;

/**
 * A database of RDS, in the db subnet of its zone.
 *
 * @param identifier such as {@code db-1}
 * @param type the size of its class: {@code db.t3.small} is a {@code t3.small}
 */
public record DbInstance(
        String identifier,
        InstanceType type,
        Zone zone,
        Role role,
        List<NetworkInterface> interfaces,
        DbOptions options)
        implements Node {

    /** What the database is in a Multi-AZ deployment. */
    public enum Role {
        PRIMARY,
        STANDBY
    }

    public DbInstance {
        Names.require(identifier);
        interfaces = Node.requireInterfaces(identifier, interfaces);
    }

    /** With RDS's defaults. */
    public DbInstance(String identifier, InstanceType type, Zone zone, Role role, List<NetworkInterface> interfaces) {
        this(identifier, type, zone, role, interfaces, DbOptions.DEFAULT);
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
        return new DbInstance(identifier, type, zone, role, others, options);
    }

    /** The same database with other options. */
    public DbInstance withOptions(DbOptions others) {
        return new DbInstance(identifier, type, zone, role, interfaces, others);
    }
}
