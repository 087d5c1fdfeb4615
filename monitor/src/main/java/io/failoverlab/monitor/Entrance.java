package io.failoverlab.monitor;

import io.failoverlab.access.Policy;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the monitor is open, and to whom.
 *
 * @param bind address of this machine
 * @param token that every request must carry, if there is one; needed where others reach the address
 * @param policy that decides what each role may do
 */
record Entrance(String bind, Optional<AccessToken> token, Policy policy) {
    static final String LOOPBACK = "127.0.0.1";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    Entrance {
        if (!ADDRESS.matcher(bind).matches()) {
            throw new IllegalArgumentException(
                    "--bind is an address such as 127.0.0.1 or 192.168.1.5, found '" + bind + "'");
        }
        if (!address(bind).isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException(
                    "--bind " + bind + " opens the monitor to other machines, which needs --require-token as well");
        }
    }

    static Entrance onLoopback(Optional<AccessToken> token) {
        return new Entrance(LOOPBACK, token, Policy.builtIn());
    }

    /** An address of digits is asked of nobody. */
    private static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--bind is an address of this machine, found '" + bind + "'", e);
        }
    }

    /** @throws IllegalArgumentException unless the address is one of this machine's */
    void requireOwn() throws SocketException {
        InetAddress wanted = address(bind);
        if (!wanted.isLoopbackAddress()
                && !wanted.isAnyLocalAddress()
                && NetworkInterface.getByInetAddress(wanted) == null) {
            throw new IllegalArgumentException(
                    "--bind is an address of this machine, found " + bind + "; `ip -br address`" + " lists its own");
        }
    }

    /** As a browser on this machine finds it. */
    URI url(int port) {
        String host = address(bind).isAnyLocalAddress() ? LOOPBACK : bind.contains(":") ? "[" + bind + "]" : bind;
        return URI.create("http://" + host + ":" + port);
    }

    /** What it opens, in words; empty if nothing to other machines. */
    Optional<String> warning(int port) {
        return token.filter(it -> !address(bind).isLoopbackAddress())
                .map(it ->
                        "The page, its actions and the CloudWatch API are open to every machine and container that reaches "
                                + (address(bind).isAnyLocalAddress() ? "any address of this one" : bind) + " on port "
                                + port
                                + "; each request needs the token in " + it.file()
                                + ". Nothing is encrypted: use a tunnel (ssh -L) where others can listen.");
    }
}
