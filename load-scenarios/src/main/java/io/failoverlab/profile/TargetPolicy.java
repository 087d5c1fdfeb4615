package io.failoverlab.profile;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides whether load may go to an address: only to this machine's loopback and to networks that the lab made. */
public final class TargetPolicy {
    /** IPv4's loopback, always permitted. */
    public static final String LOOPBACK = "127.0.0.0/8";

    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_PORT = 80;

    private final List<AddressBlock> permitted;
    private final AddressLookup lookup;

    /** Every address that a host name stands for; {@code InetAddress::getAllByName} outside of tests. */
    @FunctionalInterface
    public interface AddressLookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /**
     * A policy.
     *
     * @param labNetworks CIDR blocks of the networks that the lab made, such as 10.0.1.0/24
     * @throws IllegalArgumentException if one is not such a block
     */
    public TargetPolicy(List<String> labNetworks, AddressLookup lookup) {
        Stream<AddressBlock> loopback = Stream.of(LOOPBACK, "::1/128").map(AddressBlock::parse);
        this.permitted = Stream.concat(loopback, labNetworks.stream().map(AddressBlock::parse))
                .distinct()
                .toList();
        this.lookup = lookup;
    }

    /**
     * Checks a target: {@code http://host:port}, every address of the host permitted.
     *
     * @throws IllegalArgumentException if it is not of that form or may not be loaded; the message says why
     */
    public LoadTarget check(URI target) {
        String host = requireHttpOrigin(target);
        InetAddress[] addresses = addressesOf(target, host);
        for (InetAddress address : addresses) {
            requirePermitted(target, address);
        }
        return new LoadTarget(
                numeric(target, addresses[0]),
                requirePermitted(target, addresses[0]).toString());
    }

    private AddressBlock requirePermitted(URI target, InetAddress address) {
        return permitted.stream()
                .filter(block -> block.contains(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("refused to send load to " + target + ": "
                        + address.getHostAddress() + " is neither loopback nor in a network of the lab ("
                        + permittedNames() + "); give the address of a running stack's load balancer"));
    }

    private static String requireHttpOrigin(URI target) {
        String path = target.getRawPath();
        boolean origin = "http".equals(target.getScheme())
                && target.getHost() != null
                && target.getRawUserInfo() == null
                && target.getRawQuery() == null
                && target.getRawFragment() == null
                && (path == null || path.isEmpty() || path.equals("/"))
                && target.getPort() <= MAX_PORT
                && target.getPort() != 0;
        if (!origin) {
            throw new IllegalArgumentException(
                    "target: expected http://host:port and nothing behind it, found " + target);
        }
        return target.getHost();
    }

    private InetAddress[] addressesOf(URI target, String host) {
        try {
            InetAddress[] addresses = lookup.addressesOf(host.startsWith("[") ? inner(host) : host);
            if (addresses.length > 0) {
                return addresses;
            }
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("target: the host of " + target + " is unknown", unknown);
        }
        throw new IllegalArgumentException("target: the host of " + target + " has no address");
    }

    private static String inner(String bracketed) {
        return bracketed.substring(1, bracketed.length() - 1);
    }

    private String permittedNames() {
        return permitted.stream().map(AddressBlock::toString).collect(Collectors.joining(", "));
    }

    private static URI numeric(URI target, InetAddress address) {
        String literal =
                address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        int port = target.getPort() < 0 ? DEFAULT_PORT : target.getPort();
        try {
            return new URI("http", null, literal, port, null, null, null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("target: " + target + " has no numeric form", impossible);
        }
    }
}
