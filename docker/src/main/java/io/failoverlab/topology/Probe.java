package io.failoverlab.topology;

/**
 * One cell of the reachability matrix: an attempt to connect that must, or must not, succeed.
 *
 * @param from the name of the node that connects
 * @param to the name of the node that is connected to
 * @param address one of the addresses of {@code to}
 */
public record Probe(String from, String to, Ipv4 address, int port, boolean allowed) {}
