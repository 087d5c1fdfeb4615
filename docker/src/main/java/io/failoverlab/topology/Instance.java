package io.failoverlab.topology;

import java.util.List;

/**
 * A web server: its primary interface in the web subnet of its zone, and one in the subnet of every database.
 *
 * @param name such as {@code web-1a}
 * @param monitoring how often EC2 publishes its metrics
 */
public record Instance(
        String name, Zone zone, InstanceType type, Monitoring monitoring, List<NetworkInterface> interfaces)
        implements Node {
    public Instance {
        Names.require(name);
        interfaces = Node.requireInterfaces(name, interfaces);
    }

    /** With EC2's default monitoring. */
    public Instance(String name, Zone zone, InstanceType type, List<NetworkInterface> interfaces) {
        this(name, zone, type, Monitoring.BASIC, interfaces);
    }

    @Override
    public Tier tier() {
        return Tier.WEB;
    }

    /** The name that the lab gives a web server: {@code web-2c} is the second one in zone c. */
    public static String nameOf(int number, Zone zone) {
        return "web-" + number + zone.letter();
    }

    Instance withInterfaces(List<NetworkInterface> others) {
        return new Instance(name, zone, type, monitoring, others);
    }
}
