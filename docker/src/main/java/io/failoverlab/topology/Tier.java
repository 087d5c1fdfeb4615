package io.failoverlab.topology;

import java.util.Locale;

/** A layer of the stack. It stands for the security group that AWS would have here. */
public enum Tier {
    ELB(Exposure.PUBLIC, "public", 1),
    WEB(Exposure.PRIVATE, "web", 10),
    DB(Exposure.PRIVATE, "db", 20);

    private static final long BLOCK = 256;

    private final Exposure exposure;
    private final String subnetPrefix;
    private final int firstBlock;

    Tier(Exposure exposure, String subnetPrefix, int firstBlock) {
        this.exposure = exposure;
        this.subnetPrefix = subnetPrefix;
        this.firstBlock = firstBlock;
    }

    /** The name of this tier's subnet in a zone, such as {@code web-a}. */
    public String subnetName(Zone zone) {
        return subnetPrefix + "-" + zone.letter();
    }

    /** In lower case, as in {@code elb->web:8080}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The address plan that AWS's tutorials teach: 10.0.1.0/24 public, 10.0.10.0/24 web, 10.0.20.0/24 db, zone by zone. */
    Subnet plannedSubnet(Cidr vpc, Zone zone, int zoneIndex) {
        long start = vpc.network().value() / BLOCK * BLOCK;
        return subnet(zone, new Cidr(new Ipv4(start + (firstBlock + zoneIndex) * BLOCK), 24));
    }

    Subnet subnet(Zone zone, Cidr block) {
        return new Subnet(subnetName(zone), zone, block, exposure, this);
    }
}
