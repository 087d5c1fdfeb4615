package io.failoverlab.rds;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Whether the servers of a database are on the network, whatever they are busy with. Where a server hangs, or waits for its disk,
 * its kernel still refuses a connection to a port that nobody listens on; from one that is cut off nothing comes at all.
 */
final class Contact {
    /** A refusal crosses a loaded host's bridge in a few milliseconds. */
    private static final Duration LIMIT = Duration.ofMillis(300);

    /** Not the database's own, which counts connections that nobody logs in with, and shuts their host out. */
    private static final int UNUSED_PORT = 1;

    private final String primary;
    private final Optional<String> standby;
    private final Predicate<String> reaches;
    private boolean withPrimary = true;

    /**
     * @param primary its address
     * @param standby its address, if the primary waits for it
     */
    Contact(String primary, Optional<String> standby) {
        this(primary, standby, address -> reaches(address, LIMIT));
    }

    /** @param reaches whether an address can be reached now */
    Contact(String primary, Optional<String> standby, Predicate<String> reaches) {
        this.reaches = reaches;
        this.primary = primary;
        this.standby = standby;
    }

    /** Whether all of them can be reached now. */
    boolean isThere() {
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(
                () -> standby.stream().allMatch(reaches),
                task -> Thread.ofVirtual().name("contact").start(task));
        withPrimary = reaches.test(primary);
        return other.join() && withPrimary;
    }

    /** Whether the primary could be reached when {@link #isThere} was asked. */
    boolean withPrimary() {
        return withPrimary;
    }

    static boolean reaches(String address, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, UNUSED_PORT), (int) limit.toMillis());
            return true;
        } catch (NoRouteToHostException unreachable) {
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException silent) {
            return false;
        }
    }
}
