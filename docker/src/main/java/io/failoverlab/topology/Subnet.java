package io.failoverlab.topology;

/**
 * A subnet of the VPC, in one zone.
 *
 * @param name such as {@code web-a}
 * @param cidr /16 to /28, as on AWS (VPC User Guide, "Subnet CIDR blocks")
 */
public record Subnet(String name, Zone zone, Cidr cidr, Exposure exposure, Tier tier) {
    static final String FORM = "a block of /16 to /28 by its first address, such as 10.0.10.0/24";

    /** The network, the router, the DNS server, one for later, and the broadcast address (same page). */
    private static final int RESERVED = 5;

    private static final int FIRST_USABLE = 4;

    public Subnet {
        Names.require(name);
        requireSize(cidr);
    }

    static Cidr requireSize(Cidr block) {
        if (block.prefix() < 16 || block.prefix() > 28) {
            throw new IllegalArgumentException("expected " + FORM + ", found " + block);
        }
        return block;
    }

    /** The number of addresses that instances can have: a /24 gives 251, a /28 gives 11. */
    public long capacity() {
        return cidr.size() - RESERVED;
    }

    /** The first four addresses and the last of a subnet are AWS's; the container engine's gateway takes the second. */
    public boolean reserves(Ipv4 address) {
        return cidr.contains(address) && (address.compareTo(firstUsable()) < 0 || address.compareTo(lastUsable()) > 0);
    }

    /** The second address, which AWS gives to the router of the subnet. */
    public Ipv4 gateway() {
        return cidr.network().plus(1);
    }

    Subnet plus(long steps) {
        return new Subnet(name, zone, new Cidr(cidr.network().plus(steps), cidr.prefix()), exposure, tier);
    }

    Ipv4 firstUsable() {
        return cidr.network().plus(FIRST_USABLE);
    }

    Ipv4 lastUsable() {
        return cidr.last().plus(-1);
    }
}
