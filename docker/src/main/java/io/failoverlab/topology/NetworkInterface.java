package io.failoverlab.topology;

/**
 * The place of an instance in a subnet.
 *
 * @param subnet the name of the subnet
 * @param address fixed: two restarted containers would swap dynamic ones
 */
public record NetworkInterface(String subnet, Ipv4 address) {
    public NetworkInterface {
        Names.require(subnet);
    }
}
