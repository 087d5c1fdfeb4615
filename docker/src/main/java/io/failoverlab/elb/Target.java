package io.failoverlab.elb;

/**
 * An instance that is registered with the target group.
 *
 * @param name the instance's name
 * @param instanceId the id it must answer with
 * @param zone its Availability Zone
 * @param address where it serves
 * @param port where it serves
 */
public record Target(String name, String instanceId, String zone, String address, int port) {
    /** As nginx and its access log write it. */
    public String endpoint() {
        return address + ":" + port;
    }
}
