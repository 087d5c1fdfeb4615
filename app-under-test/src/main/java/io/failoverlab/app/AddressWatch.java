package io.failoverlab.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notices that the name of a database leads to another address than before, as after a failover. */
final class AddressWatch {
    private static final Pattern HOST = Pattern.compile("jdbc:mysql://([^/:,?]+).*");

    private final String host;
    private final Resolver resolver;
    private final AtomicReference<Optional<Set<String>>> last = new AtomicReference<>(Optional.empty());

    /** Looks a name up. */
    interface Resolver {
        Set<String> addresses(String host) throws UnknownHostException;

        /** The JVM's, with its cache: see {@code SHOP_DNS_TTL_SECONDS}. */
        static Resolver system() {
            return host -> {
                Set<String> addresses = new TreeSet<>();
                Arrays.stream(InetAddress.getAllByName(host))
                        .map(InetAddress::getHostAddress)
                        .forEach(addresses::add);
                return addresses;
            };
        }
    }

    AddressWatch(String url, Resolver resolver) {
        Matcher parts = HOST.matcher(url);
        this.host = parts.matches() ? parts.group(1) : "";
        this.resolver = resolver;
    }

    /** Looks it up again. A name that leads nowhere for a moment has not moved. */
    boolean moved() {
        try {
            Set<String> now = resolver.addresses(host);
            Optional<Set<String>> before = last.getAndSet(Optional.of(now));
            return before.isPresent() && !before.get().equals(now);
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }
}
